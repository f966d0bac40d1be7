"""What victims write, in pieces: for each story a few ways to open, to go on and to end.

All sentences are our own. {amount}, {bank}, {when}, {caller}, {item}, {site} and {town} are filled in.
"""

from __future__ import annotations

from fourfold.synthetic.fraud_code_words import STORIES_OF_CODES, Pieces

SLOTS: dict[str, tuple[str, ...]] = {
    "bank": ("my bank", "the bank", "my building society", "the card company", "the fraud team of my bank"),
    "when": (
        "On Monday", "Last Tuesday", "Yesterday", "Two weeks ago", "On Friday morning", "At about 10.30am",
        "Around teatime", "In the last month", "On the 14th", "Over the weekend", "Just after lunch",
        "Late at night",
    ),
    "caller": (
        "DC Paul Marsh", "Sergeant Hill", "a Mr Brennan", "PC Alan Reeve", "Inspector Lowe",
        "a man called David", "a woman called Claire", "someone named James", "DS Fenwick",
        "Officer Daniel Stone",
    ),
    "item": (
        "a mobile phone", "a games console", "a puppy", "a sofa", "car parts", "a campervan",
        "garden furniture", "a laptop", "trainers", "a bicycle", "a hot tub", "concert merchandise",
        "a tractor", "an engine", "face masks",
    ),
    "site": (
        "an online marketplace", "a selling page", "a website I found", "social media",
        "a classified advert", "an auction site", "a local selling group", "an advert that popped up",
    ),
    "town": (
        "the capital", "another town", "a town up north", "the city", "a different part of the country",
    ),
}  # fmt: skip

HIDDEN_STORIES: dict[str, Pieces] = {
    "card_collected": (
        (
            "{when} {caller} rang my landline and said two people were held with a copy of my card.",
            "{when} a man rang as {caller} from the police, my card had been used in {town}.",
            "Phoned by {caller} of the fraud department who told me my card was cloned.",
            "Victim lives alone. Received a call purporting to be from {bank} about a purchase in {town}.",
            "I had a phone call to say a youth was in custody for using my bank card in {town}.",
            "{when} the phone went and it was somebody official who told me my card details had been sold.",
            "My mother, who is 84, was told over the phone that her bank card was not safe any more.",
        ),
        (
            "He told me to ring the number on the card to check but I think he stayed on the line.",
            "I was asked for my PIN and told to cut the card in half but not through the chip.",
            "They said the card had to be kept as evidence and to put it in an envelope with the PIN.",
            "I keyed my PIN into the phone as they asked.",
            "I was to put the card and a bit of paper with the number into a box of tea for security.",
            "He asked me to read out the long number and the code I use in the cash machine.",
            "I dialled 999 as he said and another voice told me it was all genuine.",
        ),
        (
            "A driver then came to the house and took the envelope. {amount} has gone from the account.",
            "Someone called at the door, gave the password and I handed it over. {amount} was withdrawn.",
            "A taxi was sent to pick it up. {bank} says {amount} was spent that afternoon.",
            "A young man in a mask collected it. Nothing heard since and {amount} missing.",
            "Half an hour later I gave it to a cyclist at the gate. {amount} taken from three machines.",
            "She passed it through the letter box to the person outside. There is {amount} less in the account.",
            "It went off in a minicab that they had ordered. {amount}.",
        ),
    ),
    "cash_inquiry": (
        (
            "{when} I was rung by {caller} who said staff at my bank were handing out fake notes.",
            "A man saying he was {caller} told me there was a secret investigation at my branch.",
            "Caller claimed to be {caller} and needed my help to catch a corrupt cashier.",
            "I was asked over the phone to help with an inside job at the bank, I felt proud to be chosen.",
            "{when} I got a call from head office, they said, about notes with the wrong numbers on them.",
        ),
        (
            "I was told to take out cash and not tell the bank why because they were in on it.",
            "He kept me on the mobile in my pocket at the counter. I said it was for building work.",
            "I had to read him the serial numbers and he said they were counterfeit.",
            "I queued up and drew out my savings, the girl asked if I was all right and I said it was for a car.",
            "They had me go to two branches on the same day so that nobody would notice.",
        ),
        (
            "The cash was put in a bag for an officer who came to take it for fingerprints. {amount}.",
            "A man came to the door with a code word and I gave him {amount}.",
            "It was collected by a messenger. They said I would have it back in the morning. Lost {amount}.",
            "I left the bag behind the bin as told and it was gone when I looked. {amount} in all.",
            "The bundle went to a man on a moped who knew the word we had agreed. {amount}.",
        ),
    ),
    "valuable_purchase": (
        (
            "{when} {caller} rang to say my savings were being used by criminals and I could help.",
            "I was called by someone who said he was {caller} investigating a shop selling fake watches.",
            "The lady on the phone said she was with the police and that my account was under threat.",
            "{when} somebody rang about a gang who were after my pension and asked if I would assist.",
        ),
        (
            "I was sent by taxi to a jeweller to buy an expensive watch on my card.",
            "He told me to buy gold and keep it a secret from my family and the shop.",
            "I bought tablets and gift vouchers as instructed and was told it was evidence.",
            "I was to get two bars of bullion delivered and not open the packet.",
            "I spent the afternoon in town buying three phones while he listened in.",
        ),
        (
            "It was then handed to a man who came to fetch it. Cost me {amount}.",
            "A courier picked the goods up from my address an hour later. {amount} altogether.",
            "They sent someone round for it and he had the password. I paid {amount}.",
            "A boy took the bags at the bus stop and said they would go to the lab. {amount} gone.",
        ),
    ),
    "computer_refund": (
        (
            "{when} I got a call about my internet and they took over my computer to fix it.",
            "Someone rang about a refund I was owed and got me to let them on to my laptop.",
            "A pop up said to ring for help and the helper could see all I did on the screen.",
        ),
        (
            "My bank page showed they had paid me too much and he was upset he would lose his job.",
            "It looked like an extra nought had been added and they wanted the difference back in cash.",
        ),
        (
            "I took {amount} out and a person came to my house to collect the parcel of money.",
            "They told me to wrap {amount} in a magazine and a driver called for it.",
            "I posted {amount} between two books to the address he spelled out, by special delivery.",
        ),
    ),
    "currency_purchase": (
        (
            "{caller} phoned, said he was a detective, and that my identity had been stolen.",
            "{when} a call came from the police telling me to move my money before it was taken.",
        ),
        (
            "I was told to order euros at the travel bureau and say they were for a holiday.",
            "He asked me to change money into foreign currency at two different places.",
        ),
        (
            "An undercover officer, so I thought, came to the door for the envelope. {amount} lost.",
            "The currency was collected from my doorstep the same day. {amount}.",
        ),
    ),
    "safe_account": (
        (
            "{when} I had a text about a payment I did not make and then a call from {bank}.",
            "Caller from {bank} said my account was being attacked by criminals.",
            "A man knew my name and address and said he worked in the fraud team.",
            "The police phoned me, or so they said, and told me my savings were not safe.",
            "{when} {caller} rang and said two people were held for using my details in {town}.",
            "I had a phone call to say that staff at my bank were under investigation.",
        ),
        (
            "I was talked through moving money to a safe account in my name.",
            "I read out the passcodes sent to my phone.",
            "He said staff in the branch were involved and I must not speak to them.",
            "I was told to keep it a secret from my family and to say it was for building work.",
            "I gave them the number on the card and the three on the back.",
        ),
        (
            "{amount} went out in three payments. The bank is looking into it.",
            "I realised when I rang the real number. {amount} transferred.",
            "Sent {amount}. No one came to the house, it was all on the phone.",
            "They wanted to send a courier for my card as well but by then I had moved {amount}.",
        ),
    ),
    "parcel_fee": (
        (
            "Got a text saying the courier could not deliver my parcel and a small fee was due.",
            "{when} a message came from a delivery company with a link to pay for redelivery.",
            "I was waiting for a parcel so I believed the text about an unpaid shipping charge.",
        ),
        (
            "I put my card details and date of birth into the page.",
            "The site looked just like the delivery firm.", "I paid the 1.99 and thought no more of it.",
        ),
        (
            "A few days later someone rang from {bank} and {amount} was taken.",
            "My card was then used for {amount}.", "Since then I have had calls every day. {amount} gone.",
        ),
    ),
    "tax_call": (
        (
            "Automated call saying there is a warrant for my arrest over unpaid tax.",
            "{when} {caller} from the tax office said I owed money and a case was open against me.",
            "A recorded voice told me to press 1 or I would be arrested.",
        ),
        (
            "They said it must be settled today.",
            "I was kept on the phone for hours and told not to speak to anyone.",
            "He had my national insurance number.",
        ),
        (
            "I paid {amount} before I stopped.",
            "I bought vouchers worth {amount} and read out the codes.", "{amount} was sent by transfer.",
        ),
    ),
    "family_message": (
        (
            "I got a message from a number I did not know saying hi mum this is my new phone.",
            "A message on my phone said hi dad I dropped my mobile down the toilet, this is my new one.",
            "Thought it was my son messaging from a new number.",
            "Someone pretended to be my daughter by messaging app, said her phone was broken.",
        ),
        (
            "They said they could not get into their banking and had a bill due today.",
            "We chatted for a while and then I was asked to pay a friend for a new laptop.",
            "They could not talk because the microphone was broken.",
        ),
        (
            "I sent {amount} to the account they gave me. Then they asked for more.",
            "When I rang my son on the old number he knew nothing about it. {amount} lost.",
            "Paid {amount}, and only afterwards did I find out.",
        ),
    ),
    "subscription": (
        (
            "I signed up for a free trial and cannot cancel.",
            "{when} I saw a payment to a firm I never heard of.",
            "Got an email that my subscription was renewed.",
        ),
        (
            "I rang the number and was passed around.", "They keep taking the money each month.",
            "The address does not exist.",
        ),
        ("So far {amount}.", "{amount} has been taken in all.", "I want my {amount} back."),
    ),
    "marketplace_overpayment": (
        (
            "I was selling {item} on {site} and the buyer said a courier would collect it.",
            "A buyer for {item} sent me a screenshot of a payment.",
            "I had {item} for sale on {site} and a man came to the door to collect it.",
        ),
        (
            "The payment never arrived but the item was picked up.",
            "They said they had overpaid and asked for the difference.",
            "He handed me an envelope with notes and I only saw later that they were fake.",
        ),
        (
            "I have lost {item} worth {amount}.",
            "I refunded {amount} and then found the payment was not real.",
        ),
    ),
    "account_in_my_name": (
        (
            "I received a letter about a loan I never took out.",
            "{when} a bank card came that I did not ask for.",
            "Debt collectors wrote to me for someone else's phone contract.",
        ),
        (
            "My details have been used by somebody.",
            "I think my post was stolen from the shared hallway.", "They had an old address of mine.",
        ),
        ("The debt is {amount}.", "My credit file shows {amount}.", "I have not paid anything."),
    ),
    "covid": (
        (
            "I had a text about my vaccine and a form to fill in.",
            "{when} someone called at the door to sell a covid test.",
            "I was offered a grant because of the lockdown.",
        ),
        (
            "It asked for my bank details to prove who I was.", "They wanted a payment up front.",
            "The page looked official.",
        ),
        ("{amount} left my account.", "I paid {amount}.", "I gave them {amount} and had nothing for it."),
    ),
    "nothing_lost": (
        (
            "I want to report a call I had {when}.", "Someone tried to trick me by email.",
            "Caller said he was from {bank} but I did not believe him.",
            "A person rang saying a courier would come for my card, I put the phone down.",
            "{caller} rang about two people in custody with my card. I rang 101 and there is no such officer.",
        ),
        ("I hung up.", "I did not click on it.", "My neighbour had the same call."),
        ("No money was lost.", "I only want you to know.", "Nothing was taken."),
    ),
    "roofer": (
        (
            "Two men knocked and said tiles were loose on my roof.",
            "{when} a man in a van told me my roof needed doing at once.",
            "Roofers working nearby offered to look at my chimney.",
        ),
        (
            "They showed me pictures on a phone and started the same day.",
            "He drove me to the building society and waited outside while I drew it out.",
            "The price kept going up as they worked.", "He took me to the bank in his van to get cash.",
        ),
        (
            "I have paid {amount} and it still leaks.", "They took {amount} and never came back.",
            "My son says the work was not needed. {amount}.",
        ),
    ),
    "driveway": (
        (
            "Men came round with left over tarmac for my drive.", "I took a leaflet from a paving firm.",
            "{when} a builder called at the house about the drive.",
        ),
        (
            "It was a bargain but the paper work was false.", "They dug it up and left.",
            "They wanted half up front.",
        ),
        (
            "{amount} paid and nothing done.", "Cost {amount} so far.",
            "They took a cheque for {amount} and the phone is dead.",
        ),
    ),
    "doorstep_goods": (
        (
            "A man selling fish at the door talked me into filling the freezer.",
            "Someone came collecting for a charity.",
            "{when} a young lad sold me cleaning things at the door and he took my card to pay.",
        ),
        (
            "I was given no receipt.", "He was in the kitchen before I knew.",
            "He said he was collecting for the police benevolent fund and showed a badge.",
            "He said the machine was slow and went to his van with my card.",
        ),
        ("I was charged {amount}.", "{amount} was put on my card.", "Paid {amount} cash."),
    ),
}  # fmt: skip
"""Stories by courier method, and by topic of the catch-all and the doorstep code."""

STORIES: dict[str, Pieces] = HIDDEN_STORIES | STORIES_OF_CODES

SLIPS: tuple[tuple[str, str], ...] = (
    ("account", "acount"), ("received", "recieved"), ("their", "thier"), ("because", "becuase"),
    ("which", "wich"), ("address", "adress"), ("transfer", "tranfer"), ("police", "poilce"),
    ("cannot", "cant"), ("collected", "colected"), ("courier", "currier"), ("computer", "compter"),
    ("payment", "paymnet"), ("believe", "beleive"), ("would", "woud"), ("money", "mony"),
    ("website", "web site"), ("nothing", "nothin"), ("there", "theer"),
)  # fmt: skip
"""Words as people mistype them."""
