using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>Finding and replacing what one source told.</summary>
internal static class StateEdits
{
    /// <summary>What <paramref name="source"/> told; absent if nothing.</summary>
    public static SourceContext? Find(this CustomerState state, SourceId source)
    {
        foreach (var known in state.Sources)
        {
            if (known.Source == source)
            {
                return known;
            }
        }

        return null;
    }

    /// <summary>The state with this in place of what the source told before.</summary>
    public static CustomerState With(this CustomerState state, SourceContext source)
    {
        var at = 0;
        while (at < state.Sources.Length && string.CompareOrdinal(state.Sources[at].Source.Value, source.Source.Value) < 0)
        {
            at++;
        }

        var found = at < state.Sources.Length && state.Sources[at].Source == source.Source;
        return state with { Sources = found ? state.Sources.SetItem(at, source) : state.Sources.Insert(at, source) };
    }

    /// <summary>The source with the time of this observation noted.</summary>
    public static SourceContext Hear(this SourceContext source, long second, Observation observation) => source with
    {
        Heard = observation.Provenance switch
        {
            Provenance.Inferred => source.Heard with { Inferred = Math.Max(source.Heard.Inferred, second) },
            Provenance.Observed => source.Heard with { Observed = Math.Max(source.Heard.Observed, second) },
            _ => source.Heard with { Declared = Math.Max(source.Heard.Declared, second) },
        },
    };
}
