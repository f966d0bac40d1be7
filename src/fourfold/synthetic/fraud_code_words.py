"""What victims write under the codes that say what happened; the other codes are told in general words."""

from __future__ import annotations

Pieces = tuple[tuple[str, ...], ...]
"""For each part of a narrative, the ways to say it."""

STORIES_OF_CODES: dict[str, Pieces] = {
    "NFIB1A": (
        (
            "I was emailed about an unclaimed sum overseas.",
            "A lawyer abroad wrote that I could share in a fund.",
            "{when} an official wrote about a consignment box held at the airport.",
        ),
        (
            "There was always another fee to release it.",
            "I paid for the stamp, then the tax, then the insurance.", "The letters looked real.",
        ),
        ("In all {amount}.", "I have sent {amount} and seen nothing.", "{amount} by transfer."),
    ),
    "NFIB1D": (
        (
            "I met somebody on a dating app some months ago and we talked every day.",
            "A widower working on an oil rig wrote to me on social media.",
            "{when} I found out that the person I was in love with is not real.",
            "We matched near Valentines day and he said he was an engineer abroad.",
        ),
        (
            "He needed money for his daughter's operation.",
            "She could not get at her account and the customs wanted a fee.",
            "I was to pay for the flight so that we could meet.",
            "He told me about his trading and set up a wallet for me.",
        ),
        (
            "I have given {amount} over the time.", "I took a loan. {amount} altogether.",
            "I am ashamed to say it is {amount}.", "My family stopped me at {amount}.",
        ),
    ),
    "NFIB1E": (
        (
            "A firm phoned who knew what I had lost before and could get it back.",
            "{when} someone from a recovery agency called about my old investment.",
            "I was told my earlier case had been solved and the money was frozen.",
        ),
        (
            "I had to pay a court fee first.", "They asked for a bond.",
            "They wanted to get on to my computer to send it.",
        ),
        ("I paid {amount}.", "So I lost another {amount}.", "{amount} more gone."),
    ),
    "NFIB1G": (
        (
            "I saw a flat to let on {site}.", "I needed a room for my course and found one on {site}.",
            "{when} we went to collect the keys and other people were living there.",
        ),
        (
            "The landlord was abroad and could not show it.", "I signed a contract and sent my passport.",
            "They sent a video of the rooms.",
        ),
        ("I paid {amount} deposit and rent.", "{amount} to hold it.", "They no longer reply. {amount}."),
    ),
    "NFIB2A": (
        (
            "A broker rang about shares before they were floated.",
            "I had a glossy brochure about a bond with high interest.",
            "{when} I tried to sell my shares and the firm is gone.",
        ),
        (
            "The website showed my money growing.", "They were very polite and called each week.",
            "I checked them but it was a clone of a real firm.",
        ),
        ("I put in {amount}.", "I invested {amount} of my pension.", "{amount} in total."),
    ),
    "NFIB2E": (
        (
            "I saw an advert with a famous person about coin trading.",
            "A friend's account invited me to invest, but it had been hacked.",
            "{when} I tried to withdraw from my trading account.",
        ),
        (
            "I had a manager who put software on my computer.", "It went up fast at first.",
            "They wanted tax before I could take it out.",
        ),
        ("I cannot get {amount} back.", "My deposits were {amount}.", "{amount} in coins."),
    ),
    "NFIB3A": (
        (
            "I bought {item} on {site}.", "{when} I paid for {item} from {site}.",
            "Saw {item} on {site} at a good price.", "I sold {item} on {site} and sent it off.",
        ),
        (
            "It never came.", "The seller blocked me.", "What came was something else.",
            "The payment was reversed later.", "They say it was delivered but it was not.",
        ),
        (
            "I paid {amount}.", "{amount} by bank transfer.", "I am out of pocket by {amount}.",
            "Cost {amount}.",
        ),
    ),
    "NFIB3E": (
        (
            "A pop up said my computer had a virus and to ring a number.",
            "{when} someone rang from a well known computer firm.",
            "My internet provider called, so they said, that I was being hacked.",
        ),
        (
            "I let them on and they moved the mouse.",
            "They installed a program and showed me lots of errors.", "They opened my banking.",
        ),
        (
            "I paid {amount} for a licence.", "{amount} was transferred while I watched.",
            "They charged {amount}.",
        ),
    ),
    "NFIB3F": (
        (
            "I bought tickets for a festival on {site}.",
            "{when} I paid for flight tickets to see my family.",
            "Got tickets for the football from somebody on {site}.",
        ),
        ("The tickets were not valid.", "They never arrived.", "The airline had no booking."),
        ("{amount} lost.", "I paid {amount} for four.", "Cost me {amount}."),
    ),
    "NFIB5A": (
        (
            "There are payments on my statement that I did not make.",
            "{when} I noticed my card was used in {town}.",
            "A cheque was taken from the post and changed.",
        ),
        ("I still have the card.", "The bank will not say more.", "I did not give it to anybody."),
        ("In total {amount}.", "{amount} taken.", "They spent {amount}."),
    ),
    "NFIB5D": (
        (
            "We had an email from our supplier with new bank details.",
            "Our solicitor's email was copied before the completion.",
            "{when} accounts paid an invoice after a change of account.",
        ),
        (
            "The address had one letter different.", "The invoice looked like all the others.",
            "We rang the number in the email to check.",
        ),
        (
            "{amount} went to the wrong account.", "Loss is {amount}.",
            "The supplier is still owed {amount}.",
        ),
    ),
    "NFIB52C": (
        (
            "My social media account has been taken over.", "{when} I was locked out of my email.",
            "A friend asked me for a code and then my account was gone.",
        ),
        (
            "They are writing to my friends for money.", "They changed the address and the number.",
            "It is advertising coin trading in my name.",
        ),
        ("I lost {amount}.", "My friend sent them {amount}.", "They asked {amount} to give it back."),
    ),
    "NFIB52E": (
        (
            "I had an email with an old password of mine saying they filmed me.",
            "{when} someone threatened to send pictures to my contacts.",
        ),
        ("They want coins within two days.", "I do not have a camera."),
        ("I paid {amount}.", "They asked for {amount}."),
    ),
    "NFIB50A": (
        (
            "All our files are locked and there is a note on the screen.",
            "I opened an attachment and the computer stopped.",
            "{when} my machine started to send emails by itself.",
        ),
        ("They ask for coins to open it.", "I had it cleaned.", "We have no backup."),
        ("It cost {amount}.", "Repair was {amount}.", "Damage {amount}."),
    ),
    "NFIB19": (
        (
            "My mother's carer had her card.",
            "A relative has power over the account of my uncle and used it.",
            "{when} we found that our treasurer had written cheques to himself.",
        ),
        (
            "It went on for some time.", "He trusted this person.",
            "There are withdrawals on days she was in hospital.",
        ),
        ("About {amount}.", "We think {amount}.", "{amount} is missing."),
    ),
    "general": (
        (
            "I want to report a fraud.", "{when} I was contacted out of the blue.",
            "I was offered something that was not what it seemed.", "A company took my money.",
        ),
        (
            "They asked for money in advance.", "I can not reach them any more.", "The address is empty.",
            "They had all the right answers.", "I have emails as proof.",
        ),
        (
            "I paid {amount}.", "{amount} has been lost.", "My loss is {amount}.",
            "{amount} in two payments.",
        ),
    ),
    "general_organisation": (
        (
            "We are a small business and took an order by phone.",
            "{when} our office was contacted about goods on credit.",
            "A customer paid by a card that was not theirs.", "An employee has taken money.",
        ),
        (
            "The goods were sent to an empty house.", "The payment was charged back.",
            "Our records show several such orders.", "The references were false.",
        ),
        ("The company lost {amount}.", "Value {amount}.", "We are down {amount}."),
    ),
}  # fmt: skip
"""Stories by code."""
