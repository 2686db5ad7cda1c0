using System.Collections.Immutable;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Demo;

/// <summary>What people of the demo town say, and what about.</summary>
internal static class DemoWords
{
    /// <summary>What occupies somebody, and what they want of it: one of these each, so that all they say fits together.</summary>
    public static ImmutableArray<(ImmutableArray<string> Topics, string Outcome)> Matters { get; } =
    [
        (["router", "router", "password", "app"], "working_router"),
        (["e-bike", "e-bike", "delivery", "warranty"], "repair"),
        (["coffee-machine", "coffee-machine", "warranty", "return"], "replacement"),
        (["garden-set", "garden-set", "delivery", "invoice"], "delivery"),
        (["invoice", "invoice", "refund", "app"], "refund"),
        (["camera", "camera", "return", "refund"], "refund"),
    ];

    /// <summary>What they want to be called. Every third has not said.</summary>
    public static ImmutableArray<string> Names { get; } = ["Mara", "Jonas", "Chloé", "Inês", "Luca", "Sofie", "Aylin", "Marek", "Nuria", "Tomás"];

    /// <summary>What they do with pages of help.</summary>
    public static ImmutableArray<BehaviourAction> Doings { get; } = [BehaviourAction.Search, BehaviourAction.View, BehaviourAction.Dwell, BehaviourAction.Bookmark, BehaviourAction.Helped];

    /// <summary>Where they talk.</summary>
    public static ImmutableArray<string> Channels { get; } = ["phone", "chat", "email", "forum"];

    /// <summary>What they say in seven languages, and about how it sounds (-1 to 1).</summary>
    public static ImmutableArray<(string Text, double Score)> Sayings { get; } =
    [
        ("Thank you, that was quick and very helpful.", 0.8),
        ("I love the new one, works perfectly.", 0.9),
        ("When will it arrive?", 0),
        ("Still waiting for an answer. This is disappointing.", -0.6),
        ("It is broken again and nobody helps. I am really angry.", -0.9),
        ("Not bad, but the manual is confusing.", -0.1),
        ("Danke, das ging schnell.", 0.7),
        ("Schon wieder kaputt, das ist ärgerlich.", -0.8),
        ("Wann kommt die Rechnung?", 0),
        ("Merci beaucoup, c'est parfait.", 0.8),
        ("Toujours pas de réponse, je suis déçue.", -0.7),
        ("Gracias, todo funciona muy bien.", 0.8),
        ("Llevo una semana esperando, qué vergüenza.", -0.8),
        ("Ottimo servizio, grazie.", 0.8),
        ("Il pacco è arrivato rotto.", -0.7),
        ("Muito obrigado, resolvido.", 0.7),
        ("Ninguém responde, estou farto.", -0.8),
        ("Top geregeld, bedankt!", 0.8),
        ("Alweer te laat, wat vervelend.", -0.7),
    ];
}
