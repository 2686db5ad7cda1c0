using System.Collections.Immutable;
using System.Globalization;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Demo;

/// <summary>What occupies somebody of the demo town, and what they want of it, so that all they say fits together.</summary>
/// <param name="Thing">The thing that they have or wait for, as a topic.</param>
/// <param name="Services">What is done for them, as topics.</param>
/// <param name="Outcome">The value of <c>wanted_outcome</c>.</param>
internal sealed record DemoMatter(string Thing, ImmutableArray<string> Services, string Outcome);

/// <summary>What people of one language are called and say.</summary>
/// <param name="Tag">The language, as a BCP 47 tag.</param>
/// <param name="Names">What they want to be called.</param>
/// <param name="Nouns">How things and services are called, by topic, with the article that the sentences need.</param>
/// <param name="OfThings">What they say of a thing, {0}, and about how it sounds (-1 to 1).</param>
/// <param name="OfServices">What they say of a service, {0}, and about how it sounds.</param>
internal sealed record DemoLanguage(
    string Tag,
    ImmutableArray<string> Names,
    ImmutableDictionary<string, string> Nouns,
    ImmutableArray<(string Text, double Score)> OfThings,
    ImmutableArray<(string Text, double Score)> OfServices)
{
    /// <summary>A sentence about a topic.</summary>
    public string Say(string sentence, string topic)
    {
        var said = string.Format(CultureInfo.InvariantCulture, sentence, Nouns[topic]);
        return char.ToUpper(said[0], CultureInfo.InvariantCulture) + said[1..];
    }
}

/// <summary>What people of the demo town say, and what about.</summary>
internal static class DemoWords
{
    /// <summary>One of these each.</summary>
    public static ImmutableArray<DemoMatter> Matters { get; } =
    [
        new("router", ["passcode", "app"], "working_router"),
        new("e-bike", ["delivery", "warranty"], "repair"),
        new("coffee-machine", ["warranty", "return"], "replacement"),
        new("garden-set", ["delivery", "invoice"], "delivery"),
        new("router", ["invoice", "refund"], "refund"),
        new("camera", ["return", "refund"], "refund"),
    ];

    /// <summary>What they do with pages of help.</summary>
    public static ImmutableArray<BehaviourAction> Doings { get; } = [BehaviourAction.Search, BehaviourAction.View, BehaviourAction.Dwell, BehaviourAction.Bookmark, BehaviourAction.Helped];

    /// <summary>What there is on each topic at the pages of help; most look for the first.</summary>
    public static ImmutableArray<string> Pages { get; } = ["first-steps", "first-steps", "when-it-fails"];

    /// <summary>Where they talk.</summary>
    public static ImmutableArray<string> Channels { get; } = ["phone", "chat", "email", "forum"];

    /// <summary>The languages of the town; everybody speaks one.</summary>
    public static ImmutableArray<DemoLanguage> Languages { get; } =
    [
        new(
            "en",
            ["Mara", "Tom", "Grace", "Liam", "Nuria"],
            Nouns("my router", "my e-bike", "my coffee machine", "my garden set", "my camera", "the password", "the app", "the delivery", "the warranty", "the return", "the invoice", "the refund"),
            [
                ("Thank you, {0} works perfectly again.", 0.9),
                ("I love how well {0} works now.", 0.8),
                ("I miss the manual, {0} came without one.", 0),
                ("Still waiting for an answer about {0}. This is disappointing.", -0.6),
                ("{0} is broken again and nobody helps. I am really angry.", -0.9),
            ],
            [
                ("Thank you, {0} was settled quickly.", 0.8),
                ("Great service, {0} is just as I wanted.", 0.9),
                ("What do I have to know about {0}?", 0),
                ("Still no news about {0}. This is disappointing.", -0.6),
                ("I asked about {0} again and nobody cares. I am really angry.", -0.9),
            ]),
        new(
            "de",
            ["Jonas", "Aylin", "Lena", "Marek", "Sofie"],
            Nouns("mein Router", "mein E-Bike", "meine Kaffeemaschine", "mein Gartenset", "meine Kamera", "das Passwort", "die App", "die Lieferung", "die Garantie", "die Rücksendung", "die Rechnung", "die Erstattung"),
            [
                ("Danke, {0} funktioniert wieder perfekt.", 0.9),
                ("Super, {0} läuft jetzt richtig gut.", 0.8),
                ("Wo ist die Anleitung? Hier ist nur {0}.", 0),
                ("Ich warte noch immer auf eine Antwort, {0} geht nicht. Ich bin enttäuscht.", -0.6),
                ("Schon wieder ist {0} kaputt, und niemand hilft. Das ist sehr ärgerlich.", -0.9),
            ],
            [
                ("Danke, {0} war schnell geklärt.", 0.8),
                ("Toller Service, {0} ist genau wie gewünscht.", 0.9),
                ("Was muss ich über {0} wissen?", 0),
                ("Noch keine Nachricht über {0}. Ich bin enttäuscht.", -0.6),
                ("Schon wieder habe ich nach {0} gefragt, niemand kümmert sich. Das ist sehr ärgerlich.", -0.9),
            ]),
        new(
            "fr",
            ["Chloé", "Luc", "Inès", "Tomás", "Camille"],
            Nouns("mon routeur", "mon e-bike", "ma machine à café", "mon salon de jardin", "ma caméra", "le mot de passe", "l'application", "la livraison", "la garantie", "le retour", "la facture", "le remboursement"),
            [
                ("Merci, {0} marche de nouveau parfaitement.", 0.9),
                ("Je suis ravie, {0} fonctionne très bien.", 0.8),
                ("Où est la notice ? Pour {0} il n'y en a pas.", 0),
                ("Toujours pas de réponse, {0} ne marche pas. Je suis déçue.", -0.6),
                ("{0} est encore en panne et personne ne m'aide. Je suis furieuse.", -0.9),
            ],
            [
                ("Merci beaucoup, pour {0} c'est réglé.", 0.8),
                ("Excellent service pour {0}, merci.", 0.9),
                ("Que dois-je savoir sur {0} ?", 0),
                ("Toujours pas de nouvelles pour {0}. Je suis déçue.", -0.6),
                ("Encore une demande sur {0}, et personne ne s'en occupe. Je suis furieuse.", -0.9),
            ]),
    ];

    private static ImmutableDictionary<string, string> Nouns(params string[] words) =>
        ((string[])["router", "e-bike", "coffee-machine", "garden-set", "camera", "passcode", "app", "delivery", "warranty", "return", "invoice", "refund"])
            .Zip(words)
            .ToImmutableDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
}
