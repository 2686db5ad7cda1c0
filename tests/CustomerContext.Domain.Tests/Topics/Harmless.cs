namespace CustomerContext.Domain.Tests.Topics;

/// <summary>Sentences that a call centre hears every day: every thing with every remark of its language, and some that only look alike.</summary>
internal static class Harmless
{
    public static IEnumerable<(string Language, string Text)> Sentences =>
        (from line in Made
         from thing in line.Things
         from remark in line.Remarks
         select (line.Language, $"{thing} {remark}"))
        .Concat(from line in Alike from text in line.Texts select (line.Language, text));

    private static readonly (string Language, string[] Things, string[] Remarks)[] Made =
    [
        ("en",
            ["My card", "The router", "My order", "The invoice", "Your app", "My refund", "The delivery", "My account", "The new camera", "The direct debit", "My credit card", "The contract"],
            ["was declined again.", "has been disabled, please help.", "still does not work!", "is late, I have been waiting for two weeks.", "is great, thank you so much.", "was charged twice.", "was stolen yesterday.", "is dead on arrival.", "was cancelled by mistake.", "is killing my patience.", "needs an update.", "is missing, who do I call?", "looks sick, I love it."]),
        ("de",
            ["Meine Karte", "Der Router", "Meine Bestellung", "Die Rechnung", "Ihre App", "Meine Erstattung", "Die Lieferung", "Mein Konto", "Die neue Kamera", "Die Lastschrift", "Meine Kreditkarte", "Der Vertrag"],
            ["wurde wieder abgelehnt.", "ist gesperrt, bitte helfen Sie.", "funktioniert immer noch nicht!", "kommt zu spät, ich warte seit zwei Wochen.", "ist super, vielen Dank.", "wurde doppelt abgebucht.", "wurde gestohlen.", "ist kaputt angekommen.", "wurde aus Versehen storniert.", "kostet mich Nerven.", "braucht ein Update.", "fehlt, wen rufe ich an?", "sucht vergeblich nach dem Netz."]),
        ("fr",
            ["Ma carte", "Le routeur", "Ma commande", "La facture", "Votre application", "Mon remboursement", "La livraison", "Mon compte", "L'appareil photo", "Le prélèvement", "Ma carte de crédit", "Le contrat"],
            ["a encore été refusée.", "est bloqué, aidez-moi.", "ne marche toujours pas !", "est en retard, j'attends depuis deux semaines.", "est super, merci beaucoup.", "a été débité deux fois.", "a disparu hier.", "est arrivé cassé.", "a été annulé par erreur.", "me coûte trop cher.", "a besoin d'une mise à jour.", "manque, qui dois-je appeler ?", "respecte la politique de retour."]),
        ("es",
            ["Mi tarjeta", "El router", "Mi pedido", "La factura", "Su aplicación", "Mi reembolso", "La entrega", "Mi cuenta", "La cámara nueva", "El recibo domiciliado", "Mi tarjeta de crédito", "El contrato"],
            ["fue rechazada otra vez.", "está bloqueada, ayúdenme.", "sigue sin funcionar.", "llega tarde, espero desde hace dos semanas.", "es genial, muchas gracias.", "se cobró dos veces.", "fue robada ayer.", "llegó roto.", "fue cancelado por error.", "me cuesta demasiado.", "necesita una actualización.", "falta, ¿a quién llamo?", "cumple la política de devoluciones."]),
        ("it",
            ["La mia carta", "Il router", "Il mio ordine", "La fattura", "La vostra app", "Il mio rimborso", "La consegna", "Il mio conto", "La nuova fotocamera", "L'addebito diretto", "La carta di credito", "Il contratto"],
            ["è stata rifiutata di nuovo.", "è bloccata, aiutatemi.", "non funziona ancora!", "è in ritardo, aspetto da due settimane.", "è ottimo, grazie mille.", "è stato addebitato due volte.", "è stata rubata ieri.", "è arrivato rotto.", "è stato annullato per errore.", "costa troppo caro.", "ha bisogno di un aggiornamento.", "manca, chi devo chiamare?", "segue la politica di reso, arriva da Roma."]),
        ("pt",
            ["O meu cartão", "O router", "O meu pedido", "A fatura", "A vossa app", "O meu reembolso", "A entrega", "A minha conta", "A câmara nova", "O débito direto", "O cartão de crédito", "O contrato"],
            ["foi recusado outra vez.", "está bloqueado, ajudem-me.", "ainda não funciona!", "está atrasado, espero há duas semanas.", "é ótimo, muito obrigado.", "foi cobrado duas vezes.", "foi roubado ontem.", "chegou partido.", "foi cancelado por engano.", "custa-me caro.", "precisa de uma atualização.", "falta, a quem ligo?", "cumpre a política de devolução."]),
        ("nl",
            ["Mijn kaart", "De router", "Mijn bestelling", "De factuur", "Uw app", "Mijn terugbetaling", "De levering", "Mijn account", "De nieuwe camera", "De automatische incasso", "Mijn creditcard", "Het contract"],
            ["is weer geweigerd.", "is geblokkeerd, help mij.", "werkt nog steeds niet!", "is te laat, ik wacht al twee weken.", "is geweldig, heel erg bedankt.", "is dubbel afgeschreven.", "is gisteren gestolen.", "kwam kapot aan.", "is per ongeluk geannuleerd.", "kost me te veel.", "heeft een update nodig.", "ontbreekt, wie bel ik?", "is goed, jullie zijn toppers."]),
    ];

    private static readonly (string Language, string[] Texts)[] Alike =
    [
        ("en",
        [
            "The jewellery box arrived scratched.", "Please deliver to 12 Church Street.", "I need the hospitality package for two.", "My flight to Islamabad was delayed.", "The arabica coffee was fine.",
            "Is the diagnostics tool in the app broken?", "Can I get a virus scanner with the plan?", "I sent money by Western Union.", "The credit union charged a fee.", "Is there a birthday party discount?", "Oh my god, finally!",
            "I cannot afford that price.", "You owe me money.", "The balance is in debit.", "Debit card or credit card, which is cheaper?", "A stable connection, please.", "Do you have blackout curtains in black?", "The vote button in the survey is broken.",
            "The battery died after an hour.", "I'm dying to see the new phone!", "This wait is a joke.", "The hit counter on my website is wrong.", "I would kill for a faster router.", "The race bike came with the wrong seat.",
        ]),
        ("de", ["Die Messe war teuer, der Stand hatte kein WLAN.", "Der arme Bote musste dreimal klingeln.", "Bitte an die Bahnhofstraße liefern.", "Ich bin Ihnen etwas schuldig, danke!", "Die Taste am Gerät klemmt.", "Wer sucht mein Paket?"]),
        ("fr", ["L'enceinte bluetooth ne s'allume plus.", "La politique de confidentialité est claire.", "Mon sac est arrivé.", "J'ai reçu la chaise verte.", "Le syndic attend la facture."]),
        ("es", ["Vivo en la calle de Roma.", "La política de privacidad es clara.", "Mi perro es un pastor alemán y mordió el cable.", "Sin embargo, el paquete no llegó.", "La impresora dispara errores."]),
        ("it", ["Abito a Roma in via Garibaldi.", "La politica sulla privacy è chiara.", "Il cavo è tossico, puzza di plastica.", "La messa in funzione è stata facile."]),
        ("pt", ["Vivo na rua de Roma.", "A política de privacidade é clara.", "O padrão de cor está errado.", "O telefone doou a bateria toda."]),
        ("nl", ["De arme bezorger moest drie keer bellen.", "Ik woon in de Kerkstraat.", "Het was mijn fout, niet jullie fout.", "De aansluiting is prima.", "De specialist van jullie winkel was aardig."]),
    ];
}
