using System.Collections.Immutable;

namespace CustomerContext.Domain.Consents;

/// <summary>A notice: what customers are told before they say yes.</summary>
/// <param name="Version">Its version; never used for another text.</param>
/// <param name="Language">The language of the text (BCP 47).</param>
/// <param name="Text">The text, in plain words.</param>
public sealed record Notice(string Version, string Language, string Text);

/// <summary>
/// Every notice that was ever shown, oldest first. A record of consent names the version that the customer saw, so a text is never changed: a new
/// one is added.
/// </summary>
public static class Notices
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<Notice> All { get; } =
    [
        new Notice(
            "2026-11",
            "en",
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
    ];

    /// <summary>The one that is shown now.</summary>
    public static Notice Current => All[^1];

    /// <summary>The notice of this version; absent if there never was one.</summary>
    public static Notice? Find(string version) => All.FirstOrDefault(notice => notice.Version == version);

    /// <summary>The change with the version of the notice under which it was made, if it gives something.</summary>
    internal static ConsentChange Mark(ConsentChange change) =>
        change.Kind is ConsentChangeKind.PreferencesSet or ConsentChangeKind.GrantCreated or ConsentChangeKind.GrantUpdated or ConsentChangeKind.Enrolled
            ? change with { Notice = Current.Version }
            : change;
}
