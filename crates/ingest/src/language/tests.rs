//! Samples are our own sentences, with invented people and places.

use super::*;

fn known() -> Languages {
    Languages::read().unwrap_or_else(|e| panic!("{e}"))
}

/// A few sentences of a report in each language, and the code.
const SAMPLES: &[(&str, &str)] = &[
    ("fr", "L'armée a déclaré que deux soldats avaient été tués lorsque des obus sont tombés sur le village de Greth."),
    (
        "es",
        "El portavoz del ejército dijo que dos soldados murieron cuando los proyectiles cayeron en el pueblo de Greth.",
    ),
    (
        "de",
        "Die Armee teilte mit, dass zwei Soldaten bei dem Beschuss des Dorfes Greth getötet und vier verletzt worden seien.",
    ),
    ("it", "L'esercito ha detto che due soldati sono stati uccisi quando i colpi sono caduti nel villaggio di Greth."),
    (
        "pt",
        "O exército disse que dois soldados foram mortos quando os projéteis caíram na aldeia de Greth, e que não há feridos.",
    ),
    (
        "nl",
        "Het leger zei dat twee soldaten zijn omgekomen toen granaten op het dorp Greth vielen en dat er geen gewonden zijn.",
    ),
    ("pl", "Wojsko podało, że dwóch żołnierzy zginęło, gdy pociski spadły na wieś Greth, i że nie ma innych rannych."),
    (
        "tr",
        "Ordu, köye düşen top mermileri nedeniyle iki askerin öldüğünü ve bir kadının yaralandığını açıkladı, bu saldırı için henüz bir açıklama yok.",
    ),
    (
        "az",
        "Müdafiə Nazirliyi bildirib ki, kəndə düşən mərmilər nəticəsində iki hərbçi həlak olub və bir qadın yaralanıb, bu barədə araşdırma aparılır.",
    ),
    (
        "ru",
        "Министерство обороны заявило, что в результате обстрела села погибли двое военных и были ранены мирные жители.",
    ),
    (
        "uk",
        "Міністерство оборони заявило, що внаслідок обстрілу села загинули двоє військових і було поранено мирних жителів.",
    ),
    ("hy", "Պաշտպանության նախարարությունը հայտնել է, որ գյուղի հրետակոծության հետևանքով զոհվել է երկու զինվոր։"),
    ("ka", "თავდაცვის სამინისტრომ განაცხადა, რომ სოფლის დაბომბვის შედეგად ორი ჯარისკაცი დაიღუპა."),
    ("ar", "قالت وزارة الدفاع إن جنديين قتلا بعد سقوط قذائف على القرية في وقت متأخر من مساء الثلاثاء."),
    ("fa", "وزارت دفاع اعلام کرد که در پی گلوله باران روستا دو سرباز کشته شده و چند نفر از اهالی زخمی شده است."),
    ("ps", "د دفاع وزارت وويل چې په کلي باندې د توپونو په ډزو کې دوه سرتېري وژل شوي او څو تنه نور ټپيان دي."),
    ("ur", "وزارت دفاع نے کہا ہے کہ گاؤں پر گولہ باری کے نتیجے میں دو فوجی ہلاک اور کئی افراد زخمی ہو گئے ہیں۔"),
    (
        "ku",
        "Wezareta parastinê got ku di topbarana li ser gund de du leşker hatin kuştin û jin û zarok jî birîndar bûn.",
    ),
    ("ku", "وەزارەتی بەرگری ڕایگەیاند کە لە بۆردومانی گوندەکەدا دوو سەرباز کوژراون و چەند کەسێکی تریش بریندار بوون."),
    (
        "sq",
        "Ministria e mbrojtjes tha se dy ushtarë janë vrarë nga predhat që kanë rënë në fshat dhe se një grua është plagosur.",
    ),
    (
        "eu",
        "Defentsa ministerioak esan du bi soldadu hil direla herrian eta emakume bat ere zauritu dutela, baina ez da besterik izan.",
    ),
    (
        "so",
        "Wasaaradda gaashaandhigga ayaa sheegtay in laba askari ay ku dhinteen madaafiic ku dhacday tuulada oo ay ku dhaawacmeen dad kale.",
    ),
    (
        "sw",
        "Wizara ya ulinzi ilisema kuwa askari wawili wa jeshi waliuawa baada ya makombora kuanguka katika kijiji hicho na watu wengine kujeruhiwa.",
    ),
    (
        "ha",
        "Ma'aikatar tsaro ta ce an kashe sojoji biyu a cikin wani hari da aka kai kan kauyen, kuma mutane da dama sun ji rauni.",
    ),
    (
        "om",
        "Ministeerri ittisaa akka jedhanitti loltoonni lama ganda kana keessatti ajjeefamaniiru, waan kana irraa kan ka'e namoonni hedduun madaa'aniiru.",
    ),
    ("am", "የመከላከያ ሚኒስቴር እንደገለጸው በመንደሩ ላይ በተተኮሰ ከባድ መሳሪያ ሁለት ወታደሮች ተገድለዋል፤ ሌሎች ሰዎችም ቆስለዋል ብለዋል ግን ነበር ነው።"),
    ("ti", "ሚኒስትሪ ምክልኻል ከም ዝበሎ ኣብ ልዕሊ እቲ ዓዲ ብዝተተኮሰ ከቢድ ብረት ክልተ ወተሃደራት ተቐቲሎም፡ ካልኦት ሰባት ድማ ቆሲሎም እዮም።"),
    ("zh", "国防部表示，炮弹落在村庄里，造成两名士兵死亡，另有多名平民受伤。"),
    ("my", "ကျေးရွာအတွင်း လက်နက်ကြီးကျည် ကျရောက်သဖြင့် စစ်သားနှစ်ဦး သေဆုံးကြောင်း ကာကွယ်ရေးဝန်ကြီးဌာနက ပြောသည်။"),
    ("he", "משרד הביטחון מסר כי שני חיילים נהרגו כאשר פגזים נפלו על הכפר וכי אישה נפצעה."),
    ("el", "Το υπουργείο Άμυνας ανακοίνωσε ότι δύο στρατιώτες σκοτώθηκαν όταν οβίδες έπεσαν στο χωριό."),
    (
        "kk",
        "Қорғаныс министрлігі ауылға түскен снарядтардан екі сарбаз қаза тапты деп мәлімдеді және бұл туралы тергеу жүріп жатыр.",
    ),
    (
        "tg",
        "Вазорати мудофиа хабар дод, ки дар натиҷаи тирборони деҳа ду сарбоз ҳалок ва якчанд нафари дигар маҷрӯҳ шудаанд.",
    ),
    (
        "ro",
        "Ministerul apărării a anunțat că doi soldați au fost uciși după ce obuzele au căzut în sat și că nu sunt alți răniți.",
    ),
    (
        "sr",
        "Министарство одбране саопштило је да су два војника погинула када су гранате пале на село и да је једна жена рањена.",
    ),
    (
        "fi",
        "Puolustusministeriön mukaan kaksi sotilasta sai surmansa, kun kranaatit putosivat kylään, ja useita siviilejä on haavoittunut.",
    ),
    (
        "vi",
        "Bộ Quốc phòng cho biết hai người lính đã thiệt mạng khi đạn pháo rơi xuống ngôi làng và một số người khác bị thương.",
    ),
    (
        "id",
        "Kementerian pertahanan mengatakan bahwa dua tentara tewas ketika peluru jatuh di desa itu dan tidak ada korban lain dari serangan ini.",
    ),
    (
        "tl",
        "Sinabi ng kagawaran ng depensa na dalawang sundalo ang nasawi nang tumama ang mga bala sa nayon, at may mga nasugatan.",
    ),
    (
        "rw",
        "Minisiteri y'ingabo yavuze ko abasirikare babiri bishwe n'ibisasu byaguye mu mudugudu kandi ko na abandi bantu bakomeretse muri icyo gitero.",
    ),
];

#[test]
fn languages_are_recognised() {
    let known = known();
    for (code, text) in SAMPLES {
        assert_eq!(known.of_text(text), Some(*code), "{text}");
    }
}

#[test]
fn what_nobody_speaks_is_of_an_unknown_language_and_not_english() {
    let known = known();
    let text = "Vroskani delvu ministra groshkai nelto duvi soldaren kripta velu shandi greth morrano, belvi \
                trushka nold evri vaskten; dolvi prenta skavo mulden arvi tossel grenda viku.";
    assert_eq!(known.of_text(text), Some(UNDETERMINED));
    assert_eq!(known.of_text("བོད་ཀྱི་གྲོང་གསེབ་ཏུ་དམག་མི་གཉིས་བསད་པ་རེད།"), Some(UNDETERMINED));
}

#[test]
fn english_full_of_foreign_names_is_english() {
    let known = known();
    for text in [
        "Vuskar Delmonic, Tresh Okonvar and Ilse Brandt-Quiroga of the Hrastniza Brigade were killed near Zelyony Brod.",
        "Colonel Abd al-Hakim ibn Yusuf al-Marwazi told Radio Sawt al-Wadi that Harakat al-Nour fighters had left Tell Zahra.",
        "Gen. Nguyen Van Thoi met Pres. Mbeki-Ouattara in Ségbana; Nyiragongo, Bwindi and Kasenyi stay in rebel hands.",
        "In Szczebrzeszyn, Przemysław Brzęczyszczykiewicz denied it.",
        "Two killed in Greth\nThe army denied it.",
        "ARMY SHELLS TWO TOWNS NEAR THE RIVER, KILLING NINE",
        "Troops enter Greth; Vale army denies losses",
        "More rocket shells later hit al-Hamra leaving one person dead, rescue workers say.",
        "Vale Army Kills Forty Rebels Near Greth, Destroys Two Tanks in Northern Orrin Province",
        "The victims included 51 children, 28 women, five nurses and seven medical staff members.",
        "Gen. Adan Kay, Vale: ok call me",
        "No.",
        "https://www.valehour.example/news/2021/05/03/army-shells-two-towns-near-the-river-vale-killing-nine-of-them.html",
        "Mar'ashiyya, Ghat Kalan, Bela Voda, Sundarpur and Chikka Halli were bombed, Shabakat Akhbar al-Wadi reported.",
    ] {
        assert!(matches!(known.of_text(text), Some("en") | None), "{text}: {:?}", known.of_text(text));
    }
}

#[test]
fn a_few_words_tell_nothing() {
    let known = known();
    assert_eq!(known.of_text("12 34"), None);
    assert_eq!(known.of_text("Greth"), None);
    assert_eq!(known.of_text("Des combats à la frontière ont repris."), Some("fr"));
    assert_eq!(known.of_text("Бои на границе возобновились."), Some(UNDETERMINED));
}

#[test]
fn lines_in_another_language_are_found_and_quoted_words_are_none() {
    let known = known();
    let text = "The ministry denied the report on Tuesday, and said that all villages were calm.\n\
                Le ministère a démenti le rapport mardi et a dit que tous les villages étaient calmes dans la région.\n\
                “Allons enfants de la patrie”, they sang as the convoy left for the border, witnesses said.\n\
                Министерство опровергло сообщение и заявило, что во всех сёлах спокойно.\n\
                It said that Harakat al-Nour had left.";
    let found: Vec<(&str, &str)> = known.foreign_lines(text).into_iter().map(|(s, l)| (&s.of(text)[..12], l)).collect();
    assert_eq!(found, [("Le ministère"[..12].into(), "fr"), ("Минист", "ru")]);
}
