using CustomerContext.Domain.Help;
using CustomerContext.Domain.Signals;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Api.Signals;

/// <summary>Whose pages are kept, by who sends.</summary>
internal sealed class HelpPages(CurrentAccess access)
{
    /// <summary>The signal with the page that is kept of it; the same if nothing is.</summary>
    public ScoredSignal Fill(ScoredSignal scored) => access.Now.HelpHosts.GetValueOrDefault(scored.Signal.Source, HelpHosts.None).Fill(scored);
}
