using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Consents;

/// <summary>A notice: what customers are told before they say yes.</summary>
/// <param name="Version">Its version; never used for another text.</param>
/// <param name="Language">The language of the text (BCP 47).</param>
/// <param name="Text">The text, in plain words.</param>
public sealed record Notice(string Version, string Language, string Text);

/// <summary>The notice that a client displayed before a yes: the client says so, we hold it.</summary>
/// <param name="Version">Version of a notice of <see cref="Notices"/>.</param>
/// <param name="Language">The language in which it was displayed.</param>
[GenerateSerializer, Immutable, Alias("ShownNotice")]
public sealed record ShownNotice([property: Id(0)] string Version, [property: Id(1)] string Language);

/// <summary>
/// Every notice that was ever shown, oldest first, each in its languages. A record of consent names the version that the customer saw, so a text is never changed: a new one is added.
/// </summary>
public static class Notices
{
    private const string English = "en";
    private const string Now = "2026-11";

    /// <summary>All of them.</summary>
    public static ImmutableArray<Notice> All { get; } =
    [
        new Notice(
            Now,
            English,
            """
            What you agree to
            - A company may look at the parts of your context that you name, for the purposes that you name, from the sources that you name, until the day
              that you name or until you take it back. Taking it back takes one step and works at once.
            - What you write is never kept, only what follows from it: how it sounds, what it is about, and a link to where it is.
            - Every look is on a record that you can read and check. It says who looked, when, for what and at which parts.
            - How you feel, whom you know and how much your voice counts serve to help you, and are never used for prices, credit, work or insurance.
            - Records are kept for 24 months. If nothing is heard of you for 13 months, everything about you is erased.
            - You may see it all, take it all with you, correct it, and erase it, at any time.
            - What a company has read before you took a grant back cannot be unread. Every answer says until when it may be kept.
            """),
        new Notice(
            Now,
            "de",
            """
            Womit Sie einverstanden sind
            - Ein Unternehmen darf die Teile Ihres Kontexts ansehen, die Sie nennen, für die Zwecke, die Sie nennen, aus den Quellen, die Sie nennen, bis zu dem
              Tag, den Sie nennen, oder bis Sie es zurücknehmen. Zurücknehmen ist ein Schritt und wirkt sofort.
            - Was Sie schreiben, wird nie aufbewahrt, nur was daraus folgt: wie es klingt, wovon es handelt, und ein Link dorthin, wo es steht.
            - Jeder Blick steht in einem Protokoll, das Sie lesen und prüfen können: wer wann wozu welche Teile ansah.
            - Wie Sie sich fühlen, wen Sie kennen und wie viel Ihre Stimme zählt, dient dazu, Ihnen zu helfen, und nie für Preise, Kredite, Arbeit oder Versicherungen.
            - Protokolle werden 24 Monate aufbewahrt. Hören wir 13 Monate nichts von Ihnen, wird alles über Sie gelöscht.
            - Sie dürfen jederzeit alles sehen, alles mitnehmen, es berichtigen und es löschen.
            - Was ein Unternehmen gelesen hat, bevor Sie die Erlaubnis zurücknahmen, kann nicht ungelesen werden. Jede Antwort sagt, bis wann sie aufbewahrt werden darf.
            """),
        new Notice(
            Now,
            "fr",
            """
            Ce que vous acceptez
            - Une entreprise peut consulter les parties de votre contexte que vous nommez, pour les usages que vous nommez, des sources que vous nommez, jusqu'au jour
              que vous nommez ou jusqu'à ce que vous le retiriez. Le retrait se fait en un geste et agit aussitôt.
            - Ce que vous écrivez n'est jamais gardé, seulement ce qui en découle : le ton, le sujet, et un lien vers l'endroit où cela se trouve.
            - Chaque consultation est inscrite dans un registre que vous pouvez lire et vérifier : qui, quand, pour quoi et quelles parties.
            - Votre humeur, vos relations et le poids de votre voix servent à vous aider, et jamais aux prix, au crédit, à l'emploi ou à l'assurance.
            - Le registre est gardé 24 mois. Sans nouvelles de vous pendant 13 mois, tout ce qui vous concerne est effacé.
            - Vous pouvez à tout moment tout voir, tout emporter, corriger et effacer.
            - Ce qu'une entreprise a lu avant votre retrait ne peut pas être oublié. Chaque réponse dit jusqu'à quand elle peut être gardée.
            """),
    ];

    /// <summary>The one that is shown now in <paramref name="language"/> (BCP 47); where it has no such text, in English.</summary>
    public static Notice Current(string language) => Find(Now, language) ?? Find(Now, English)!;

    /// <summary>The notice of this version in <paramref name="language"/>; absent if there never was one.</summary>
    public static Notice? Find(string version, string language) => All.FirstOrDefault(notice => notice.Version == version && notice.Language == language);

    /// <summary>What a client says that it displayed, if there is such a notice.</summary>
    public static Outcome<ShownNotice> Read(string version, string language) => Find(version, language) is not null
        ? new ShownNotice(version, language)
        : new Refusal(RefusalReason.InvalidArgument, "shown_notice", "must be a notice of the catalogue, in a language that it has");
}
