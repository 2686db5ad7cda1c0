using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orleans.Runtime;

namespace Orleans.Reminders.Redis;

/// <summary>
/// A reminder as the original keeps it: a member of one sorted set, all scores 0, so in order of its text: six JSON strings with commas between them
/// (hash of the grain, grain, name, ETag, start, period). A prefix of them selects the range of members that begin with it.
/// </summary>
internal static class ReminderMember
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ReminderEntry entry, string eTag) => Join(
        Hash(entry.GrainId.GetUniformHashCode()),
        entry.GrainId.ToString(),
        entry.ReminderName,
        eTag,
        entry.StartAt.ToString("O", CultureInfo.InvariantCulture),
        entry.Period.ToString());

    public static ReminderEntry Parse(string member)
    {
        var parts = JsonSerializer.Deserialize<string[]>($"[{member}]", Json)!;
        return new ReminderEntry
        {
            GrainId = GrainId.Parse(parts[1]),
            ReminderName = parts[2],
            ETag = parts[3],
            StartAt = DateTime.Parse(parts[4], CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            Period = TimeSpan.Parse(parts[5], CultureInfo.InvariantCulture),
        };
    }

    public static (string From, string To) Range(GrainId grainId, params string[] further) =>
        Range([Hash(grainId.GetUniformHashCode()), grainId.ToString(), .. further]);

    /// <summary>The end of all members of grains with that hash.</summary>
    public static string EndOf(uint hash) => Range(Hash(hash)).To;

    private static (string From, string To) Range(params string[] prefix) => (Join(prefix) + ",\"", Join(prefix) + ",#");

    private static string Hash(uint hash) => hash.ToString("X8", CultureInfo.InvariantCulture);

    private static string Join(params string[] parts) => JsonSerializer.Serialize(parts, Json)[1..^1];
}
