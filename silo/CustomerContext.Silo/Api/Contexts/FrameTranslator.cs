using CustomerContext.Grains.Customers;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>
/// Turns what a watch may show into frames with just the facets that changed. What was shown is the resume token, so a reader that comes back, to this silo or another,
/// gets what it has not seen and nothing else.
/// </summary>
internal sealed class FrameTranslator(AnswerTranslator answers, CheckedRead read, string resumeToken)
{
    private readonly ShownFacets _shown = ShownFacets.Read(resumeToken);
    private bool _isFirst = true;

    /// <summary>Where to resume after the last frame.</summary>
    public string ResumeToken => _shown.ToString();

    /// <summary>The next frame; absent if nothing that the reader sees has changed. The first one is always there: it says what is withheld.</summary>
    public WatchContextResponse? Next(LookAnswer answer)
    {
        var now = answers.ToProto(read, answer);
        var changed = _shown.Show(now.Context, now.Brief);
        if (changed is null && !_isFirst)
        {
            return null;
        }

        _isFirst = false;
        return new WatchContextResponse
        {
            ResumeToken = ResumeToken,
            Frame = new ContextFrame
            {
                CustomerId = now.CustomerId,
                Context = changed ?? new Context(),
                Withheld = { now.Withheld },
                Version = now.Version,
                AsOfTime = now.AsOfTime,
                GoodUntilTime = now.GoodUntilTime,
                KeepUntilTime = now.KeepUntilTime,
                DisclosureId = now.DisclosureId,
                GrantIds = { now.GrantIds },
                Brief = now.Brief,
                Absent = { now.Absent },
            },
        };
    }
}
