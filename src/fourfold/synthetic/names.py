"""Names of the made-up people: communities of a UK city, each with its own first names and surnames.

The names are common ones put together at random; the shares are round figures of our own choice.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Community:
    """One community: its share of the people, its self-defined ethnicity codes, and its names."""

    share: float
    ethnicity: tuple[str, ...]
    female: tuple[str, ...]
    male: tuple[str, ...]
    surnames: tuple[str, ...]
    female_elder: tuple[str, ...] = ()
    male_elder: tuple[str, ...] = ()


def listed(words: str) -> tuple[str, ...]:
    """Return the names of a line; an underscore stands for a space."""
    return tuple(word.replace("_", " ") for word in words.split())


BRITISH_SURNAMES = listed(
    "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White "
    "Roberts Green Hall Wood Jackson Clarke Clark Harrison Scott Turner Hill Moore Cooper Ward Morris King "
    "Watson Baker Harris Morgan Allen Parker Lee Price Bennett Young Griffiths Mitchell Kelly Cook Carter "
    "Richardson Bailey Collins Bell Shaw Murphy Miller Cox Marshall Simpson Anderson Adams Ellis Mason "
    "Foster Webb Rogers Gray Hunt Mills Holmes Palmer Matthews Fisher Barnes Knight Lloyd Butler Russell "
    "Barker Stevens Jenkins Dixon Fletcher Hughes Edwards Lewis Phillips Stone Fox Pearson Saunders Reynolds "
    "Perry Gibson Payne Whitehouse Tonks Hickman Brookes Yardley Millward Hadley Cartwright Perks Dudley "
    "Attwood Garbett Homer Darby Wakeman Rudge Shakespeare Bytheway Oakley Penn Raybould Tranter Willetts "
    "Guest Bate Cund Nock Fellows Hollis Goodall Thornton Winfield Smith-Jones Taylor-Reed Hall-Davies "
    "Moore-Blake Ellis-Grant Ward-Hughes O'Rourke MacDonald McAllister Campbell Stewart Fraser Murray "
    "Hamilton Graham Pritchard Bowen Llewellyn Ap_Rhys Rees Howells"
)
BRITISH = Community(
    0.60,
    ("W1",),
    listed(
        "Emma Sarah Laura Rebecca Gemma Claire Victoria Samantha Lisa Nicola Rachel Kelly Joanne Hannah Amy "
        "Jessica Charlotte Lauren Sophie Katie Chloe Emily Megan Olivia Lucy Jade Natalie Stacey Kirsty "
        "Leanne Helen Louise Michelle Karen Tracey Julie Donna Alison Jennifer Zoe Holly Amelia Grace Ella "
        "Poppy Evie Daisy Phoebe Abigail"
    ),
    listed(
        "James Thomas Daniel Matthew Christopher David Andrew Paul Mark Lee Adam Stephen Ryan Michael Robert "
        "Luke Craig Benjamin Richard Jack Joshua Samuel Joseph Liam Jonathan Simon Gary Darren Steven Ian "
        "Neil Kevin Jason Martin Anthony Stuart Carl Wayne Gareth Nathan Harry George Oliver Alfie Charlie "
        "Callum Connor Kieran Jake"
    ),
    BRITISH_SURNAMES,
    listed(
        "Margaret Jean Mary Patricia Joan Dorothy Barbara Sheila Maureen Doris Brenda Joyce Kathleen Pauline "
        "Beryl Christine Susan Elizabeth Ann Carol Linda Janet Sylvia June Marjorie Irene Audrey Valerie "
        "Hilda Eileen Edith"
    ),
    listed(
        "John William Peter Brian Ronald Kenneth Derek Roy Alan Raymond Dennis Leonard Frank Albert Arthur "
        "Stanley Harold Norman Ernest Gordon Eric Cyril Clifford Michael David Robert Keith Roger Trevor "
        "Geoffrey Malcolm"
    ),
)
IRISH = Community(
    0.03,
    ("W2",),
    listed(
        "Siobhan Aoife Niamh Sinéad Ciara Orla Bridget Máire Deirdre Gráinne Róisín Catherine Noreen Eileen"
    ),
    listed(
        "Patrick Sean Seán Liam Declan Brendan Pádraig Michael Eamon Éamonn Kieran Cormac Fergal Dermot "
        "Gerard"
    ),
    listed(
        "Murphy O'Brien O'Connor Kelly Ryan Byrne O'Sullivan Doyle McCarthy Gallagher Doherty Kennedy Lynch "
        "Quinn O'Neill O'Reilly Nolan Brennan Fitzgerald Keogh O'Shea Ó_Briain Ní_Dhomhnaill Healy Moran"
    ),
)
PAKISTANI_AND_BANGLADESHI = Community(
    0.12,
    ("A2", "A2", "A2", "A3"),
    listed(
        "Aisha Fatima Zainab Maryam Khadija Nadia Saima Shazia Rukhsana Nasreen Farzana Shabana Samina "
        "Yasmin Noreen Tahira Sadia Amina Bushra Parveen Rabia Sumaira Nusrat Halima Razia Iqra Hafsa Zara "
        "Shahida Rehana"
    ),
    listed(
        "Mohammed Muhammad Mohammad Ahmed Ali Imran Asif Tariq Nadeem Shahid Usman Kamran Waqas Bilal Hamza "
        "Hassan Yusuf Ibrahim Zahid Khalid Rashid Naveed Adnan Faisal Amjad Arshad Mahmood Shafiq Abdul "
        "Ismail"
    ),
    listed(
        "Khan Hussain Ahmed Ali Begum Akhtar Mahmood Malik Shah Iqbal Mirza Rashid Bibi Miah Chowdhury "
        "Rahman Uddin Islam Hussein Qureshi Butt Sheikh Aslam Bashir Kauser Kausar Riaz Sadiq Yousaf Zaman "
        "Choudhury Siddiqui"
    ),
)
INDIAN = Community(
    0.08,
    ("A1",),
    listed(
        "Harpreet Manpreet Jaspreet Gurpreet Sukhwinder Balwinder Kulwinder Amandeep Rajinder Surinder Priya "
        "Anjali Meena Sunita Kavita Deepa Nisha Pooja Neha Rekha Usha Hansa Pushpa Kamaljit Simran Daljit"
    ),
    listed(
        "Harjit Gurdeep Balbir Jaswinder Sukhdev Manjit Amarjit Kulvinder Rajesh Sanjay Amit Vijay Anil "
        "Dinesh Ashok Hitesh Nilesh Rakesh Suresh Mohan Karan Arjun Rohan Jagdeep Paramjit Satnam"
    ),
    listed(
        "Singh Kaur Patel Sharma Gill Sandhu Dhillon Sidhu Bains Mistry Shah Parmar Chauhan Desai Mehta "
        "Joshi Verma Kumar Grewal Johal Sangha Uppal Atwal Dosanjh Chopra Kapoor"
    ),
)
CARIBBEAN = Community(
    0.05,
    ("B1", "B1", "M1"),
    listed(
        "Marcia Sonia Yvonne Beverley Jennifer Sharon Paulette Keisha Shanice Tanisha Chantelle Naomi Leah "
        "Imani"
    ),
    listed(
        "Winston Delroy Leroy Errol Trevor Carlton Devon Marlon Jermaine Tyrone Dwayne Kemar Reece Jordan "
        "Malachi"
    ),
    listed(
        "Campbell Brown Williams Reid Gordon Clarke Francis Lewis Grant Morgan Bailey Henry Samuels Blake "
        "Powell Palmer Beckford Wilmot Daley Facey Thompson-Grant Barrett Gayle Bogle"
    ),
)
AFRICAN = Community(
    0.045,
    ("B2",),
    listed(
        "Ngozi Chioma Adaeze Funmilayo Abimbola Folasade Blessing Grace Hodan Amina Selam Tsion Efua Abena "
        "Yetunde"
    ),
    listed(
        "Chukwuemeka Emeka Oluwaseun Babatunde Olumide Kwame Kofi Kwabena Abdi Mohamed Yonas Tesfaye Samuel "
        "Tendai"
    ),
    listed(
        "Okafor Adeyemi Okonkwo Adebayo Ogunleye Mensah Owusu Boateng Asante Abdi Warsame Yusuf Tesfaye "
        "Haile Moyo Ncube Diallo Traoré Koné Eze Nwosu Osei"
    ),
)
EAST_EUROPEAN = Community(
    0.035,
    ("W9",),
    listed(
        "Agnieszka Katarzyna Małgorzata Magdalena Ewa Joanna Monika Elena Ioana Andreea Mihaela Jūratė "
        "Zuzana Olga"
    ),
    listed(
        "Piotr Krzysztof Tomasz Paweł Marcin Łukasz Andrei Ionuț Mihai Vasile Jonas Mantas Ján Dmitri "
        "Oleksandr"
    ),
    listed(
        "Nowak Kowalski Kowalska Wiśniewski Wójcik Kamiński Zieliński Szymański Popescu Ionescu Popa Radu "
        "Dumitru Kazlauskas Petrauskas Horváth Novák Ivanov Ivanova Shevchenko"
    ),
)
CHINESE = Community(
    0.015,
    ("A4",),
    listed("Mei Xiu Li_Na Ying Fang Wai_Yee Suk_Ling Hui_Min Jing Yan Grace Vivian"),
    listed("Wei Jun Ming Chi_Keung Ka_Fai Hao Lei Kwok_Wai Tao Zhi_Hao Raymond Alan"),
    listed("Chen Wong Chan Li Lee Wang Zhang Cheung Lau Liu Ng Ho Lam Xu Yang Tsang"),
)
ARAB = Community(
    0.015,
    ("O2", "A9"),
    listed("Fatimah Layla Mariam Noor Nour Hanan Rania Samira Zeinab Zaynab Shirin Parisa Nasrin"),
    listed("Mohamed Muhammed Ahmad Omar Umar Youssef Yousef Khaled Hassan Hossein Karim Reza Ali"),
    listed(
        "Al-Masri El-Sayed Haddad Al-Hassan Saleh Mansour Nasser Hosseini Rahimi Ahmadi Ben_Ali Abdallah Aziz"
    ),
)
OTHER_EUROPEAN = Community(
    0.01,
    ("W9", "M9", "O9"),
    listed("Zoë Chloë Renée Inês Beatriz Giulia Francesca Sofía Françoise Ingrid Annelise"),
    listed("José João Luís André François Giovanni Matteo Jürgen Søren Nuno Rui"),
    listed(
        "García Fernández da_Silva Gonçalves Rossi Esposito Müller Dubois Lefèvre Núñez Ferreira van_Dijk "
        "D'Angelo"
    ),
)
COMMUNITIES = (
    BRITISH,
    IRISH,
    PAKISTANI_AND_BANGLADESHI,
    INDIAN,
    CARIBBEAN,
    AFRICAN,
    EAST_EUROPEAN,
    CHINESE,
    ARAB,
    OTHER_EUROPEAN,
)

NICKNAMES: tuple[tuple[str, str], ...] = (
    ("Margaret", "Peggy"), ("Margaret", "Maggie"), ("Elizabeth", "Betty"), ("Elizabeth", "Liz"),
    ("Patricia", "Pat"), ("Dorothy", "Dot"), ("Susan", "Sue"), ("Christine", "Chris"), ("Kathleen", "Kath"),
    ("Maureen", "Mo"), ("Barbara", "Babs"), ("Janet", "Jan"), ("Mary", "Molly"), ("Catherine", "Kate"),
    ("Rebecca", "Becky"), ("Victoria", "Vicky"), ("Samantha", "Sam"), ("Jennifer", "Jenny"),
    ("Joanne", "Jo"), ("Jessica", "Jess"), ("Katie", "Kate"), ("Abigail", "Abi"), ("Charlotte", "Lottie"),
    ("Natalie", "Nat"), ("Nicola", "Nicky"), ("William", "Bill"), ("Robert", "Bob"), ("Robert", "Rob"),
    ("Ronald", "Ron"), ("Kenneth", "Ken"), ("James", "Jim"), ("John", "Jack"), ("Raymond", "Ray"),
    ("Leonard", "Len"), ("Albert", "Bert"), ("Stanley", "Stan"), ("Harold", "Harry"), ("Ernest", "Ernie"),
    ("Frank", "Francis"), ("Michael", "Mick"), ("Michael", "Mike"), ("David", "Dave"), ("Thomas", "Tom"),
    ("Daniel", "Dan"), ("Matthew", "Matt"), ("Christopher", "Chris"), ("Andrew", "Andy"),
    ("Stephen", "Steve"), ("Steven", "Steve"), ("Benjamin", "Ben"), ("Richard", "Dick"), ("Joshua", "Josh"),
    ("Samuel", "Sam"), ("Joseph", "Joe"), ("Jonathan", "Jon"), ("Anthony", "Tony"), ("Patrick", "Paddy"),
    ("Geoffrey", "Geoff"), ("Clifford", "Cliff"), ("Dennis", "Den"), ("Peter", "Pete"),
    ("Chukwuemeka", "Emeka"), ("Oluwaseun", "Seun"), ("Babatunde", "Tunde"), ("Agnieszka", "Aga"),
    ("Katarzyna", "Kasia"), ("Małgorzata", "Gosia"), ("Magdalena", "Magda"), ("Krzysztof", "Kris"),
    ("Oleksandr", "Alex"), ("Harpreet", "Harps"), ("Mohammed", "Mo"), ("Francesca", "Fran"),
    ("Abdul", "Abdool"),
)  # fmt: skip
"""Formal first name, and a short or familiar form of it."""

SPELLINGS: tuple[tuple[str, ...], ...] = (
    ("Mohammed", "Muhammad", "Mohammad", "Mohamed", "Muhammed", "Mohd"),
    ("Yusuf", "Yousuf", "Youssef", "Yousef", "Yusef"), ("Hussain", "Hussein", "Hossein", "Husain"),
    ("Ahmed", "Ahmad", "Ahmet"), ("Chowdhury", "Choudhury", "Chaudhry"), ("Fatima", "Fatimah", "Fathima"),
    ("Aisha", "Ayesha", "Aysha"), ("Omar", "Umar"), ("Zainab", "Zeinab", "Zaynab"), ("Noor", "Nour"),
    ("Shevchenko", "Sevcenko"), ("Clarke", "Clark"), ("Stephen", "Steven"), ("Ann", "Anne"),
    ("Sarah", "Sara"), ("Sean", "Seán", "Shaun"), ("Eamon", "Éamonn"),
    ("Catherine", "Kathryn", "Katherine"), ("Geoffrey", "Jeffrey"), ("Davies", "Davis"),
    ("Thompson", "Thomson"), ("Allen", "Alan"), ("Lee", "Leigh"), ("Kauser", "Kausar"),
    ("Rahman", "Rehman"), ("Khan", "Kahn"), ("Sidhu", "Sidhoo"), ("Dhillon", "Dhilon"), ("Yousaf", "Yusaf"),
)  # fmt: skip
"""Spellings that one and the same name is met in."""
