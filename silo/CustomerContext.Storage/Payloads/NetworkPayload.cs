using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Storage.Payloads;

/// <summary>What the people around a customer contribute, and what was released of it.</summary>
internal static class NetworkPayload
{
    public static Stored.Network ToMessage(Network network)
    {
        var stored = new Stored.Network
        {
            Kind = (int)network.Kind,
            Audience = network.Audience.Value,
            Members = MemberRows.ToMessage(network.Members),
            Mood = network.Releases.Mood is { } mood ? ToMessage(mood) : null,
            History = { network.Releases.History.Select(ToMessage) },
            Contributors = network.Releases.Contributors,
            Due = network.Due,
        };
        Rows.Write(stored.Steps, network.Releases.Steps, 5, static (step, row) =>
        {
            row[0] = Ticks.Of(step.From);
            row[1] = Ticks.Of(step.At);
            row[2] = step.Both;
            row[3] = step.Change;
            row[4] = step.Squares;
        });
        return stored;
    }

    public static Network FromMessage(Stored.Network stored) => new(
        (GroupKind)stored.Kind,
        new Audience(stored.Audience),
        MemberRows.FromMessage(stored.Members),
        new NetworkState(
            stored.Mood is { } mood ? FromMessage(mood) : null,
            stored.Contributors,
            Rows.Read(stored.Steps, 5, static row => new NetworkStride(Ticks.Instant(row[0]), Ticks.Instant(row[1]), (int)row[2], row[3], row[4])))
        {
            History = [.. stored.History.Select(FromMessage)],
        },
        stored.Due);

    private static Stored.NetworkMood ToMessage(NetworkMood mood) =>
        new() { Word = (int)mood.Word, Week = (int)mood.Week, Month = (int)mood.Month, Size = (int)mood.Size, AtTicks = Ticks.Of(mood.At) };

    private static NetworkMood FromMessage(Stored.NetworkMood stored) =>
        new((MoodWord)stored.Word, (Direction)stored.Week, (Direction)stored.Month, (SizeBand)stored.Size, Ticks.Instant(stored.AtTicks));
}
