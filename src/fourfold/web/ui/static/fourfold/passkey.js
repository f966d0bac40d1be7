// Asks the browser for a passkey and sends what it gives with the form it stands in.
const SAID = {
  NotAllowedError: "The passkey was not given, or it took too long. Try again.",
  InvalidStateError: "This device has a passkey for you already.",
  SecurityError: "A passkey cannot be used at this address. Ask your administrator.",
};

const bytes = (text) => {
  const padded = text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
};
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

async function asked(kind, { publicKey }) {
  const options = { ...publicKey, challenge: bytes(publicKey.challenge) };
  if (kind === "create") {
    options.user = { ...publicKey.user, id: bytes(publicKey.user.id) };
    options.excludeCredentials = known(publicKey.excludeCredentials);
    return navigator.credentials.create({ publicKey: options });
  }
  options.allowCredentials = known(publicKey.allowCredentials);
  return navigator.credentials.get({ publicKey: options });
}

function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

function say(form, words) {
  const place = document.querySelector("[data-passkey-fault]");
  const fault = document.createElement("p");
  fault.className = "govuk-error-message";
  fault.setAttribute("role", "alert");
  fault.textContent = words;
  place.replaceChildren(fault);
  place.hidden = false;
  form.querySelector("button").focus();
}

for (const form of document.querySelectorAll("[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!window.PublicKeyCredential) return say(form, "This browser knows no passkeys. Use another way.");
    try {
      const credential = await asked(form.dataset.passkey, JSON.parse(form.dataset.options));
      form.elements.credential.value = JSON.stringify(told(credential));
      form.submit();
    } catch (error) {
      say(form, SAID[error.name] || "The passkey could not be used. Use another way.");
    }
  });
}
