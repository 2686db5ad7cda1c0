namespace CustomerContext.Domain.Tests.Topics;

/// <summary>Sentences about what is never kept: one or two of each kind, in every language.</summary>
internal static class Planted
{
    public static IEnumerable<(string Language, string Text)> Sentences =>
        from line in Lines
        from text in line.Texts
        select (line.Language, text);

    private static readonly (string Language, string[] Texts)[] Lines =
    [
        ("en",
        [
            "I was diagnosed with cancer last month, so please cancel the appointment.", "My wife is pregnant and we need a bigger flat.", "I use a wheelchair and your shop has stairs.",
            "Since my depression I cannot answer calls.", "The delivery blocked the entrance of our church.", "As a Muslim I cannot use this product during Ramadan.",
            "I voted for the conservatives because of such companies.", "This election made everything more expensive.", "My trade union told me to complain about the invoice.", "We are on strike this week, deliver later.",
            "I am gay and your agent laughed at it.", "My sexual orientation is none of your business.", "Your agent was racist on the phone.", "I came here as a refugee and have no passport.",
            "I am deep in debt and cannot pay the bill.", "The bailiff was here yesterday.", "My husband beats me, please do not call at home.", "He threatened to kill me over the parcel.", "I was raped.",
            "Sometimes I want to die.", "I think about suicide.", "I'm going to kill myself if this goes on.",
        ]),
        ("de",
        [
            "Ich habe Krebs und kann nicht zur Filiale kommen.", "Ich bin schwanger und brauche die Lieferung schneller.", "Wegen meiner Depressionen schaffe ich das nicht.", "Ich liege im Krankenhaus.",
            "Unsere Kirche hat noch keine Rechnung bekommen.", "Als Muslimin trage ich ein Kopftuch.", "Bei der Bundestagswahl habe ich anders gewählt.", "Die AfD hat recht mit den Preisen.",
            "Meine Gewerkschaft rät zur Beschwerde.", "Der Betriebsrat hat das abgelehnt.", "Ich bin schwul, das geht Sie nichts an.", "Meine Sexualität ist Privatsache.", "Das war rassistisch von Ihrem Mitarbeiter.",
            "Ich bin als Flüchtling hier.", "Ich habe hohe Schulden.", "Der Gerichtsvollzieher war da.", "Ich stecke in der Privatinsolvenz.", "Mein Mann schlägt mich.", "Ich wurde vergewaltigt.",
            "Ich will mich umbringen.", "Ich denke an Selbstmord.", "Ich möchte nicht mehr leben.",
        ]),
        ("fr",
        [
            "J'ai un cancer et je ne peux pas me déplacer.", "Je suis enceinte et j'attends ma commande.", "Je suis en arrêt maladie.", "Mon médecin m'interdit de porter le colis.", "Notre église attend toujours la facture.",
            "Je suis musulmane et je porte le voile.", "J'ai voté pour la gauche.", "Macron a encore augmenté les prix.", "Mon syndicat va s'en occuper.", "Nous sommes en grève.", "Je suis homosexuel et votre agent s'est moqué.",
            "Mon orientation sexuelle ne vous regarde pas.", "Votre vendeur est raciste.", "Je suis réfugié et sans passeport.", "Je suis surendetté.", "Un huissier est venu pour mes dettes.", "Mon mari me frappe.",
            "J'ai été violée.", "On m'a menacé, il a une arme à feu.", "J'ai envie de mourir.", "Je pense au suicide.", "Je veux en finir avec la vie.",
        ]),
        ("es",
        [
            "Tengo cáncer y no puedo ir a la tienda.", "Estoy embarazada y espero el pedido.", "Estoy de baja médica.", "Desde mi depresión no contesto llamadas.", "La iglesia no ha recibido la factura.", "Soy musulmana y llevo velo.",
            "En las elecciones voté a la izquierda.", "El Partido Popular subió los impuestos.", "Mi sindicato me ayuda con la queja.", "Estamos en huelga.", "Soy gay y su agente se rió.", "Mi orientación sexual es privada.",
            "Su empleado fue racista.", "Soy refugiado y no tengo pasaporte.", "Tengo muchas deudas.", "Me han embargado la cuenta.", "Mi marido me pega.", "Fui violada.", "Me amenazó con una pistola.",
            "Quiero morirme.", "Pienso en el suicidio.", "Ya no quiero vivir.",
        ]),
        ("it",
        [
            "Ho un tumore e non posso venire in negozio.", "Sono incinta e aspetto il pacco.", "Sono ricoverato in ospedale.", "Soffro di depressione.", "La chiesa non ha ricevuto la fattura.", "Sono musulmano e prego spesso.",
            "Alle elezioni ho votato a sinistra.", "Berlusconi diceva lo stesso.", "Il mio sindacato mi aiuta con il reclamo.", "Siamo in sciopero.", "Sono gay e il vostro operatore ha riso.", "Il mio orientamento sessuale è privato.",
            "Il vostro impiegato è razzista.", "Sono un rifugiato senza passaporto.", "Sono pieno di debiti.", "Mi hanno pignorato lo stipendio.", "Mio marito mi picchia.", "Sono stata violentata.", "Mi ha minacciato di morte.",
            "Voglio morire.", "Penso al suicidio.", "Voglio farla finita.",
        ]),
        ("pt",
        [
            "Tenho cancro e não posso ir à loja.", "Estou grávida e espero a encomenda.", "Estou internada no hospital.", "Tenho depressão e não atendo chamadas.", "A igreja não recebeu a fatura.", "Sou muçulmana e uso véu.",
            "Nas eleições votei na esquerda.", "O Bolsonaro aumentou tudo.", "O meu sindicato ajuda com a reclamação.", "Estamos em greve.", "Sou gay e o atendente riu.", "A minha orientação sexual é privada.",
            "O vosso funcionário foi racista.", "Sou refugiado e não tenho passaporte.", "Tenho muitas dívidas.", "Penhoraram o meu salário.", "O meu marido bate-me.", "Fui vítima de violência doméstica.", "Ele tem uma arma de fogo.",
            "Quero morrer.", "Penso em suicídio.", "Não quero viver mais.",
        ]),
        ("nl",
        [
            "Ik heb kanker en kan niet naar de winkel komen.", "Ik ben zwanger en wacht op mijn bestelling.", "Ik lig in het ziekenhuis.", "Door mijn depressie neem ik niet op.", "Onze kerk heeft geen factuur gekregen.", "Als moslima draag ik een hoofddoek.",
            "Bij de verkiezingen stemde ik anders.", "De PVV heeft gelijk over de prijzen.", "Mijn vakbond helpt met de klacht.", "Er is een staking bij ons.", "Ik ben homo en uw medewerker lachte.", "Mijn seksuele geaardheid gaat u niets aan.",
            "Uw medewerker was racistisch.", "Ik ben hier als vluchteling.", "Ik heb veel schulden.", "De deurwaarder was hier.", "Mijn man slaat mij.", "Ik ben verkracht.", "Hij heeft een vuurwapen.",
            "Ik wil dood.", "Ik denk aan zelfmoord.", "Ik wil niet meer leven.",
        ]),
    ];
}
