using System.Globalization;
using System.Text;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Wording;

namespace CustomerContext.Silo.Messages;

/// <summary>The words of a mail about looks. Its words are fixed: of a company only its name is in them, and nothing of what was seen.</summary>
internal static class LookMailText
{
    /// <summary>Subject and text.</summary>
    /// <param name="language">en, de or fr.</param>
    /// <param name="mailing">The looks.</param>
    /// <param name="nameOf">The name of a company.</param>
    /// <param name="home">Where the customer sees every look and ends what they do not want; absent: there are no pages.</param>
    /// <param name="choices">Where they end this mail.</param>
    public static (string Subject, string Text) Of(string language, LookMailing mailing, Func<TenantId, string> nameOf, string? home, string? choices)
    {
        var words = WordList.Of(Languages.Of(language));
        var text = new StringBuilder();
        foreach (var look in mailing.Lines)
        {
            var at = look.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
            var purpose = words.Find($"purpose.{look.Purpose.Value}") ?? look.Purpose.Value;
            text.Append(CultureInfo.InvariantCulture, $"{at} UTC, {nameOf(look.Company)}{(look.IsByAi ? $" ({Ai(language)})" : "")}: {purpose}\n");
        }

        if (mailing.More > 0)
        {
            text.Append(More(language, mailing.More)).Append('\n');
        }

        return (Subject(language), $"{Lead(language)}\n\n{text}\n{Foot(language, home, choices)}");
    }

    private static string Subject(string language) => language switch
    {
        "de" => "Jemand hat Ihren Kontext angesehen",
        "fr" => "Quelqu’un a consulté votre contexte",
        _ => "Somebody looked at your context",
    };

    private static string Lead(string language) => language switch
    {
        "de" => "Diese Unternehmen haben Ihren Kontext angesehen, wie Sie es erlaubt haben:",
        "fr" => "Ces entreprises ont consulté votre contexte, comme vous l’avez permis :",
        _ => "These companies looked at your context, as you allowed:",
    };

    private static string Ai(string language) => language switch
    {
        "de" => "ein Programm",
        "fr" => "un programme",
        _ => "a program",
    };

    private static string More(string language, int more) => language switch
    {
        "de" => $"und {more} weitere",
        "fr" => $"et {more} autres",
        _ => $"and {more} more",
    };

    private static string Foot(string language, string? home, string? choices) => language switch
    {
        "de" => $"Was gesehen wurde, steht nicht in dieser E-Mail. Alles sehen und beenden: {home ?? "auf Ihrer Seite"}\nKeine solchen E-Mails mehr: {choices ?? "auf Ihrer Seite"}",
        "fr" => $"Ce qui a été vu n’est pas dans ce message. Tout voir et y mettre fin : {home ?? "sur votre page"}\nPlus de tels messages : {choices ?? "sur votre page"}",
        _ => $"What was seen is not in this mail. See everything, and end it: {home ?? "on your page"}\nNo more of these mails: {choices ?? "on your page"}",
    };
}
