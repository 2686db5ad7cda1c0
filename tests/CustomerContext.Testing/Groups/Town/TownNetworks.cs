namespace CustomerContext.Testing.Groups.Town;

/// <summary>What a network releases, in the model.</summary>
internal static class TownNetworks
{
    public static void Release(TownMemory memory, Dictionary<string, TownVoice> heard, List<(ulong High, ulong Low)> pseudonyms, (ulong High, ulong Low) seed, long at)
    {
        if (heard.Count < (memory.Network is null ? 7 : 5))
        {
            memory.Network = null;
            return;
        }

        var both = memory.Last.Keys.Where(heard.ContainsKey).ToList();
        var changed = heard.Count(member => !memory.Last.TryGetValue(member.Key, out var before) || before.Score != member.Value.Score) + memory.Contributors - both.Count;
        if (changed < 5)
        {
            memory.Network = memory.IsSomebodyGone ? null : memory.Network;
            return;
        }

        if (memory.Links.Count == 0)
        {
            memory.Links.Add((at, at, []));
        }
        else
        {
            memory.Links.Add((memory.Links[^1].At, at, [.. both.Select(customer => heard[customer].Score!.Value - memory.Last[customer].Score)]));
        }

        var code = pseudonyms.Aggregate((High: 0UL, Low: 0UL), (sum, next) => (sum.High ^ next.High, sum.Low ^ next.Low));
        var noise = TownSecret.Noise(seed, $"word\n{code.High}\n{code.Low}", 1_000 / (heard.Count * 0.4));
        var mean = noise + Math.Round(heard.Sum(member => Math.Clamp(member.Value.Score!.Value, -25, 25)) * 1_000.0 / (heard.Count * 50), MidpointRounding.AwayFromZero);
        memory.Network = new TownNetworkRelease(
            mean <= -200 ? "Low" : mean >= 200 ? "Good" : "Mixed",
            Went(memory, at, 7),
            Went(memory, at, 30),
            heard.Count < 10 ? "From5" : heard.Count < 25 ? "From10" : heard.Count < 50 ? "From25" : "From50",
            at);
        memory.Last = heard.ToDictionary(member => member.Key, member => (member.Value.Score!.Value, member.Value.PostScore));
        memory.Contributors = heard.Count;
        memory.IsSomebodyGone = false;
    }

    private static string Went(TownMemory memory, long at, int days)
    {
        var links = memory.Links.Where(link => link.At > at - (days * 86_400L) && link.From < link.At).ToList();
        if (links.Count == 0 || links[0].From > at - (days * 86_400L) || links.Exists(link => link.Changes.Length < 5))
        {
            return "Unknown";
        }

        var change = links.Sum(link => link.Changes.Average()) / 50;
        var error = Math.Sqrt(links.Sum(link => link.Changes.Sum(one => Math.Pow(one - link.Changes.Average(), 2)) / (link.Changes.Length - 1) / link.Changes.Length)) / 50;
        var least = Math.Max(0.2, 2 * error);
        return change >= least ? "Rising" : change <= -least ? "Falling" : "Steady";
    }
}
