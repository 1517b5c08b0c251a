"""Invented words, so that no name in the demo is anybody's."""

FIRST_SYLLABLES = (
    "Alder", "Amber", "Bram", "Brindle", "Cinder", "Copper", "Corn", "Crane", "Dapple", "Dun", "Elder", "Fallow",
    "Fern", "Flint", "Gale", "Garnet", "Hazel", "Heath", "Indigo", "Juni", "Kestrel", "Lark", "Linden", "Marl",
    "Meadow", "Mill", "Moss", "Nettle", "Oat", "Otter", "Pebble", "Quill", "Reed", "Rowan", "Saffron", "Sedge",
    "Tarn", "Thistle", "Umber", "Vesper", "Wex", "Willow", "Yarrow", "Zephyr",
)  # fmt: skip
LAST_SYLLABLES = (
    "beck", "bourne", "brook", "cote", "croft", "dale", "fen", "field", "ford", "garth", "ham", "holt", "hurst",
    "leigh", "marsh", "mere", "mont", "more", "quay", "ridge", "shaw", "stead", "thorpe", "vale", "wick", "worth",
)  # fmt: skip
TRADES = (
    "Air Handling", "Bakery Supply", "Boat Works", "Bottling", "Building Products", "Catering", "Cold Storage",
    "Cooling Services", "Dental Group", "Diagnostics", "Electrical", "Equipment Rental", "Farm Supply", "Fasteners",
    "Fixtures", "Foods", "Freight", "Hardware", "Hospitality", "Industrial Coatings", "Irrigation", "Laboratories",
    "Landscapes", "Logistics", "Machine Works", "Marine", "Medical Supply", "Millwork", "Nurseries", "Optics",
    "Packaging", "Paper Goods", "Pharmacy", "Plumbing", "Poultry", "Produce", "Pump and Valve", "Restaurants",
    "Roofing", "Senior Living", "Textiles", "Tile and Stone", "Tool and Die", "Veterinary Clinic", "Water Treatment",
)  # fmt: skip
FORMS = ("", "", "", "Co.", "Group", "Inc.", "LLC", "LLC", "Partners")
STREETS = (
    "Azalea", "Bobwhite", "Camellia", "Catalpa", "Cypress", "Dogwood", "Egret", "Foundry", "Gristmill", "Heron",
    "Ironwood", "Jasmine", "Kingfisher", "Lantern", "Loblolly", "Magnolia", "Mockingbird", "Orchard", "Palmetto",
    "Pecan", "Quarry", "Redbud", "Sawgrass", "Sourwood", "Sweetgum", "Trolley", "Tupelo", "Wharf",
)  # fmt: skip
STREET_KINDS = ("Avenue", "Boulevard", "Court", "Drive", "Lane", "Parkway", "Road", "Street", "Way")
GIVEN_NAMES = (
    "Adaeze", "Beatriz", "Calvin", "Daniela", "Emmett", "Farah", "Graham", "Hollis", "Imani", "Jonah", "Keiko",
    "Lamar", "Marisol", "Nolan", "Odessa", "Priya", "Quincy", "Rosalind", "Soren", "Tamika", "Ulises", "Verity",
    "Wendell", "Ximena", "Yusuf", "Zora", "Anders", "Bettina", "Cormac", "Delphine",
)  # fmt: skip
FAMILY_NAMES = (
    "Abernethy", "Baptiste", "Caldera", "Dunmore", "Ekwueme", "Fairweather", "Guidry", "Holloway", "Ibarra",
    "Jessup", "Kowalczyk", "Lockridge", "Mbeki", "Nakagawa", "Okafor", "Pettigrew", "Quintero", "Rutledge",
    "Santangelo", "Thibodeaux", "Underhill", "Villanueva", "Whitlow", "Yarbrough", "Zamora", "Ashgrove",
    "Bellweather", "Castellane", "Driscoll", "Everhart",
)  # fmt: skip
