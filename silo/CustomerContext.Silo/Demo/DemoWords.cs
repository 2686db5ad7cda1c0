using System.Collections.Immutable;

namespace CustomerContext.Silo.Demo;

/// <summary>What people of the demo town say, and what about.</summary>
internal static class DemoWords
{
    /// <summary>Topics of their conversations.</summary>
    public static ImmutableArray<string> Topics { get; } =
        ["delivery", "refund", "router", "invoice", "app", "warranty", "e-bike", "garden", "camera", "return", "password", "coffee"];

    /// <summary>Where they talk.</summary>
    public static ImmutableArray<string> Channels { get; } = ["phone", "chat", "email", "forum"];

    /// <summary>What they say, by language and how it sounds (-1 to 1); the first scorer understands English only, so the others come with a score.</summary>
    public static ImmutableArray<(string Language, string Text, double Score)> Sayings { get; } =
    [
        ("en", "Thank you, that was quick and very helpful.", 0.8),
        ("en", "I love the new one, works perfectly.", 0.9),
        ("en", "When will it arrive?", 0),
        ("en", "Still waiting for an answer. This is disappointing.", -0.6),
        ("en", "It is broken again and nobody helps. I am really angry.", -0.9),
        ("en", "Not bad, but the manual is confusing.", -0.1),
        ("de", "Danke, das ging schnell.", 0.7),
        ("de", "Schon wieder kaputt, das ist ärgerlich.", -0.8),
        ("de", "Wann kommt die Rechnung?", 0),
        ("fr", "Merci beaucoup, c'est parfait.", 0.8),
        ("fr", "Toujours pas de réponse, je suis déçue.", -0.7),
        ("es", "Gracias, todo funciona muy bien.", 0.8),
        ("es", "Llevo una semana esperando, qué vergüenza.", -0.8),
        ("it", "Ottimo servizio, grazie.", 0.8),
        ("it", "Il pacco è arrivato rotto.", -0.7),
        ("pt", "Muito obrigado, resolvido.", 0.7),
        ("pt", "Ninguém responde, estou farto.", -0.8),
        ("nl", "Top geregeld, bedankt!", 0.8),
        ("nl", "Alweer te laat, wat vervelend.", -0.7),
    ];
}
