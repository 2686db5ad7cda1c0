using CustomerContext.V1;
using CustomerContext.Web.Consent;
using CustomerContext.Web.Pages;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Joins;

/// <summary>What somebody says on the page of a request. Nothing is chosen before they choose.</summary>
internal sealed class JoinForm
{
    private const int Digits = 2;

    /// <summary>"yes" or anything else.</summary>
    public string? Decision { get; set; }

    /// <summary>Are you calling for yourself? "yes", "no" or nothing.</summary>
    public string? Myself { get; set; }

    /// <summary>The two digits that the agent says.</summary>
    public string? Spoken { get; set; }

    /// <summary>"I am of age."</summary>
    public bool OfAge { get; set; }

    /// <summary>"Keep it for next time."</summary>
    public bool Keep { get; set; }

    /// <summary>"Let AI programs read it too."</summary>
    public bool Ai { get; set; }

    /// <summary>How long. Nothing: the shortest that is offered.</summary>
    public string? Preset { get; set; }

    /// <summary>The notice that stood beside the question, as <see cref="NoticeBoard.ValueOf"/> wrote it.</summary>
    public string? Notice { get; set; }

    /// <summary>What is missing for a yes.</summary>
    public IEnumerable<PageError> Mistakes(Phrases words)
    {
        if (Myself != "yes")
        {
            yield return new PageError("myself", words["join.myself.missing"]);
        }

        if (Spoken?.Trim() is not { Length: Digits } digits || !digits.All(char.IsAsciiDigit))
        {
            yield return new PageError("digits", words["join.digits.missing"]);
        }

        if (!OfAge)
        {
            yield return new PageError("of-age", words["join.of-age.missing"]);
        }
    }

    /// <summary>The yes as the silo takes it.</summary>
    public AcceptJoinRequest ToAnswer(string requestId) => new()
    {
        RequestId = requestId,
        Digits = Spoken!.Trim(),
        ForMyself = true,
        OfAge = OfAge,
        Preset = Preset ?? "",
        KeepForLater = Keep,
        AiReaders = Ai ? new AiReaders() : null,
        ShownNotice = NoticeBoard.Read(Notice),
    };
}
