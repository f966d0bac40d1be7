"""The words of the method text: templates by kind of crime, filled with what was done, with officers' slips."""

from __future__ import annotations

import numpy as np
import polars as pl

TEMPLATES: dict[str, tuple[str, ...]] = {
    "home": (
        "Between times stated unknown offender(s) attend IP's home. {entry}, {method}. {search} {target} stolen. {away}",
        "IP {went} and secured house. On return finds {entry}, {method}. {target} missing from {room}. {nothing}",
        "Offender gains entry via {entry}, {method}, whilst occupants {asleep}. {target} taken from {room}. {away}",
        "{entry}: {method}. {search} IP reports {target} taken. {neighbour}",
        "Neighbour heard noise and saw {males} at {entry}. {method}. {target} stolen from {room}. {away}",
    ),
    "doorstep": (
        "Elderly IP answers door to {males} who {method}. While one keeps IP talking the other searches {room}. {target} stolen.",
        "Caller {method}, {entry}. {target} later found missing from {room}. IP lives alone.",
        "IP, who {asks}, let caller in. Male {method}. {target} taken. {neighbour}",
    ),
    "home tried": (
        "IP wakes to noise at {entry}, finds {method}. No entry gained. {nothing}",
        "Attempt at {entry}: {method}. Nothing taken. {neighbour}",
        "{males} disturbed by neighbour at {entry}, {method}. {away}",
    ),
    "doorstep tried": (
        "Caller at {entry} {method}. IP, who {asks}, did not let him in. {away}",
        "Male {method}, IP asked for identity card and shut the door. {neighbour}",
    ),
    "firm tried": ("Alarm activation, {entry}: {method}. No entry gained. CCTV to be viewed.", "Keyholder finds {entry} damaged, {method}. Nothing taken."),
    "firm": (
        "Unknown offenders attend business premises overnight. {entry} {method}. {target} taken. Alarm {alarm}.",
        "Keyholder attends after alarm activation, finds {entry} {method}. {target} stolen, value to be confirmed.",
        "{males} seen on CCTV, {entry} {method}, {target} loaded into {vehicle}. {away}",
    ),
    "shop robbery": (
        "{males} enter {premises}, {method}, demand {target}. Staff comply. {away}",
        "Staff at {premises} cashing up when offender comes behind counter, {method}, and takes {target}. {away}",
    ),
    "street robbery": (
        "IP walking along {street} when approached by {males}. {method}. {target} taken. {away}",
        "IP getting off bus near {street}, {method} by {males} who demand {target}. IP hands it over. {injury}",
        "{males} ask IP for the time, then {method}. Offenders take {target} and {away_low}",
    ),
    "pickpocket": (
        "IP shopping near {street}. {method}. {target} found missing a short time later. {nothing}",
        "IP in queue at {street} when {method}, {target} stolen. Card used within the hour.",
        "IP in bar, {method}, {target} gone. {nothing}",
    ),
    "car": (
        "IP parks {target} on {where} overnight. In morning vehicle gone: {method}. IP still has {keys}. {nothing}",
        "Vehicle stolen from {where}, {method}. CCTV shows {males}, {seconds}. {away}",
        "{target} taken from {where}. Method believed {method}. Tracker {tracker}. {neighbour}",
        "Offenders arrive in {vehicle}, {method}, and drive off in IP's {target} towards {street}.",
    ),
    "from car": (
        "Vehicle parked on {where}. {method}. {target} stolen. {nothing}",
        "IP returns to vehicle in {street} to find {method}, {target} taken. {neighbour}",
        "{males} seen under or beside vehicle on {where}, {method}, {target} taken within minutes. {away}",
    ),
    "car tried": ("{males} seen on {where}: {method}. Nothing taken. {away}", "IP finds vehicle on {where}, {method}. No entry gained."),
    "shop theft": (
        "Offender enters {premises}, selects {target}, {method}, leaves making no offer to pay. {known}",
        "Security at {premises} report {target} {method} by {males}. {known} CCTV held.",
        "Repeat offender {method}, {target}, leaves {premises} past tills. {known}",
    ),
    "cycle": ("IP leaves cycle locked at {where}. {method}. Cycle gone. {nothing}", "Pedal cycle stolen from {where}, {method}. {neighbour}"),
    "assault": (
        "IP and suspect, who are {relation}, argue about {about}. IP {method}. {injury}",
        "IP out with friends near {street}. {males} approach and IP is {method}. {injury} {nothing}",
        "Suspect ({relation}) attends IP's address and IP is {method} during row about {about}. {injury}",
    ),
    "officer assault": ("Officer arresting male near {street} is {method}. {injury}", "Officer called to a disturbance is {method} by detained person. {injury}"),
    "threat": (
        "IP receives {method} from suspect ({relation}) over {about}. IP in fear. {times}",
        "Ongoing contact by {method} from {relation} since row about {about}. {times}",
    ),
    "public order": ("{males} near {street}, {method}, caller in fear. {away}", "Neighbour row about {about}: {method}. No injury.", "At {street} {males}, {method} towards passers by. {nothing}"),
    "other theft": ("{target} {method} at {where}. {nothing}", "IP reports {target} {method}. {known}", "Item left at {where}, {target} {method}. {neighbour}"),
    "fuel": ("Customer at {premises} {method}: {target} not paid for. CCTV held.", "Male {method}, {target} unpaid. {known}"),
    "found on": ("{males} {method} near {street}, {target} found and no account given.", "Male {method}. In possession of {target} believed stolen."),
    "shop worker, theft": (
        "Shop worker at {premises} challenges shoplifter over {goods}. Suspect {method_on} staff member and leaves. {injury}",
        "IP is on duty at {premises} and stops male leaving with {goods} not paid for. IP {method}. {injury}",
        "Security guard at {premises} detaining known shop thief when {method}. {injury} VPS to be offered.",
        "Suspect filling bag with {goods} at {premises}. When member of staff speaks to her she threatens to 'come back and do you'. {injury}",
    ),
    "shop worker, covid": (
        "Staff at {premises} ask customer to wear a mask. Suspect becomes abusive, IP {method}. {injury}",
        "IP is marshalling queue outside {premises} for social distancing. Male refuses to wait, IP {method}. {injury}",
        "Customer at {premises} told of limit on {goods} because of the pandemic, coughs at till worker and says he has Covid. IP {method}. {injury}",
    ),
    "shop worker, age": (
        "Till assistant at {premises} refuses sale of alcohol without ID. Youth becomes aggressive, IP {method}. {injury}",
        "IP working at {premises} refuses cigarettes to group under age. Group throw {goods}, IP {method}. {injury}",
        "Refused sale of vape, no proof of age. Suspect waits for IP to finish serving at {premises}, IP {method}. {injury}",
    ),
    "shop, no worker": (
        "Two customers argue in queue at {premises}. IP, a customer, {method}. {injury}",
        "IP parked outside {premises} when row over space. IP {method}. {injury}",
        "IP, who works at {premises}, not on duty, is {method} on way home by {relation}. {injury}",
    ),
}  # fmt: skip
"""Invented. In braces: entry, method, target, premises, or one of the SLOTS."""

SLOTS: dict[str, tuple[str, ...]] = {
    "search": ("Untidy search of all rooms.", "Tidy search upstairs.", "Bedrooms searched, drawers tipped out.", "Ground floor only."),
    "away": ("Offender makes off in unknown direction.", "Offenders leave in waiting vehicle.", "Offender leaves on foot.", "Last seen towards the canal.", "Made off on moped, no plates."),
    "away_low": ("run off towards the park.", "leave in a dark car.", "get on a bus.", "run off laughing."),
    "nothing": ("No CCTV.", "No witnesses.", "No forensic opportunities.", "House to house negative.", "CCTV to be viewed.", "Enquiries ongoing."),
    "neighbour": ("Neighbour has doorbell camera.", "Neighbours saw nothing.", "Neighbour heard dog bark about 0300.", "House to house to be done."),
    "went": ("went to work", "went on holiday", "went to bed at 2300", "went out for the evening", "left on the school run"),
    "asleep": ("asleep upstairs", "out at work", "in the garden", "away"),
    "room": ("kitchen", "hallway", "bedroom", "living room", "study", "bedside drawer"),
    "males": ("two males in dark clothing", "a male, hood up", "three youths", "a male on a pedal cycle", "two males, one in grey tracksuit", "a group of five", "unknown persons"),
    "asks": ("has carers twice a day", "lives alone", "uses a walking frame", "is hard of hearing"),
    "alarm": ("did not sound", "sounded", "not set", "cut"),
    "vehicle": ("a white van", "a dark hatchback", "a pick-up on false plates", "a silver estate", "a flatbed lorry"),
    "street": ("the high street", "the bus station", "the underpass", "the retail park", "the railway arches", "the park gates", "the taxi rank"),
    "where": ("the drive", "the road outside", "a hotel car park", "the station car park", "a side street", "works car park"),
    "keys": ("both keys", "one key", "all keys"),
    "seconds": ("all over within 90 seconds", "on scene four minutes", "one with laptop bag"),
    "tracker": ("not fitted", "last signal on an industrial estate", "fitted but cut out", "activated"),
    "known": ("Suspect is known to staff.", "Suspect not known.", "Same male as last week.", "Details given in store."),
    "relation": ("ex-partner", "neighbour", "stranger", "son", "work colleague", "school friend", "partner", "customer"),
    "about": ("money", "parking", "noise", "children", "a dog", "a text message", "a debt"),
    "injury": ("No injury.", "Bruising to face.", "Cut lip.", "Sore wrist, no treatment.", "Taken to hospital.", "IP shaken.", "Reddening to arm."),
    "times": ("Third report.", "First report.", "Around twenty times in one week.", "Began last month."),
    "goods": ("a tray of meat", "bottles of spirits", "baby milk", "energy drinks", "a basket of goods", "cheese and coffee"),
    "method_on": ("punches", "pushes", "spits at", "swings basket at", "kicks"),
}  # fmt: skip

ABBREVIATIONS = (("Offender", "Off"), ("vehicle", "veh"), ("Suspect", "Susp"), ("unknown", "unk"), ("whilst", "w/st"))
SLIPS = (
    ("the ", "teh "), ("stolen", "stollen"), ("premises", "premisis"), ("vehicle", "vehcile"), ("jewellery", "jewelery"),
    ("their", "thier"), ("window", "windwo"), ("received", "recieved"), ("with", "wiht"), ("approach", "aproach"),
)  # fmt: skip
SLIP_SHARE = 0.04
SHORTENED_SHARE = 0.20
CAPITALS_SHARE = 0.06


def add_narratives(crimes: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Add mo_text from kind, mo_entry, mo_method, mo_target and premises_name."""
    text = crimes.select("kind", "mo_entry", "mo_method", "mo_target", "premises_name").with_columns(
        mo_text=pl.Series(chosen(crimes["kind"], rng).tolist(), dtype=pl.String)
    )
    filled = pl.col("mo_text")
    for slot, column in (("entry", "mo_entry"), ("method", "mo_method"), ("target", "mo_target"), ("premises", "premises_name")):
        other = "shop" if slot == "premises" else "property"
        filled = filled.str.replace(f"{{{slot}}}", pl.col(column).fill_null(other), literal=True)
    text = text.with_columns(mo_text=filled)
    for slot, choices in SLOTS.items():
        drawn = pl.Series(choices).gather(rng.integers(0, len(choices), text.height))
        text = text.with_columns(mo_text=pl.col("mo_text").str.replace(f"{{{slot}}}", drawn, literal=True))
    first = pl.col("mo_text").str.head(1).str.to_uppercase() + pl.col("mo_text").str.slice(1)
    return crimes.with_columns(mo_text=slips(text.select(mo_text=first), rng)["mo_text"])


def chosen(kinds: pl.Series, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Return one template for each crime of a kind."""
    kind = kinds.to_numpy().astype(str)
    found = np.full(len(kind), None, dtype=object)
    for name in np.unique(kind):
        mine = np.flatnonzero(kind == name)
        found[mine] = np.array(TEMPLATES[str(name)], dtype=object)[rng.integers(0, len(TEMPLATES[str(name)]), len(mine))]
    return found


def slips(texts: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Shorten some words, misspell some, and leave the capitals lock on now and then."""
    n, text = texts.height, pl.col("mo_text")
    for pairs, share in ((ABBREVIATIONS, SHORTENED_SHARE), (SLIPS, SLIP_SHARE)):
        which = rng.integers(0, len(pairs), n)
        hit = rng.random(n) < share * (2 if pairs is SLIPS else 1)
        for place, (usual, other) in enumerate(pairs):
            mine = pl.Series(hit & (which == place)) if pairs is SLIPS else pl.Series(hit)
            texts = texts.with_columns(mo_text=pl.when(mine).then(text.str.replace(usual, other, literal=True)).otherwise(text))
    loud = pl.Series(rng.random(n) < CAPITALS_SHARE)
    return texts.with_columns(mo_text=pl.when(loud).then(text.str.to_uppercase()).otherwise(text))
