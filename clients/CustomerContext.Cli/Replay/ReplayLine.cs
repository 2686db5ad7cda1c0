using System.Text.Json;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Cli.Replay;

/// <summary>Something that a line of a file says.</summary>
/// <param name="Number">The number of the line, from 1.</param>
internal abstract record ReplayLine(long Number)
{
    /// <summary>Why a line is refused that is not of the form of its file.</summary>
    public const string MalformedLine = "MALFORMED_LINE";

    private const string CustomerKey = "customer";

    /// <summary>Something that happened.</summary>
    public sealed record OfSignal(long Number, Signal Signal) : ReplayLine(Number);

    /// <summary>A customer who says yes.</summary>
    /// <param name="Number">Its number, from 1.</param>
    /// <param name="Subject">E-mail address or phone number.</param>
    /// <param name="Preferences">Absent: they stay as they are.</param>
    /// <param name="Grants">Each with tenant and terms.</param>
    /// <param name="Signals">What they say themselves.</param>
    public sealed record OfCustomer(
        long Number, string Subject, Preferences? Preferences, IReadOnlyList<CreateGrantRequest> Grants, IReadOnlyList<Signal> Signals)
        : ReplayLine(Number);

    /// <summary>A message of the Segment specification.</summary>
    /// <param name="Number">Its number, from 1.</param>
    /// <param name="Json">The message, as it is sent.</param>
    public sealed record OfMessage(long Number, string Json) : ReplayLine(Number);

    /// <summary>Nothing to send.</summary>
    public abstract record Unsent(long Number) : ReplayLine(Number);

    /// <summary>Wrong, so that it cannot be sent.</summary>
    /// <param name="Number">Its number, from 1.</param>
    /// <param name="Reason">A code.</param>
    /// <param name="Why">For people; repeats nothing of the line.</param>
    public sealed record Refused(long Number, string Reason, string Why) : Unsent(Number);

    /// <summary>In order, and nothing that could be told of anybody here.</summary>
    /// <param name="Number">Its number, from 1.</param>
    /// <param name="Reason">A code.</param>
    public sealed record Skipped(long Number, string Reason) : Unsent(Number);

    /// <summary>Absent: an empty line.</summary>
    public static ReplayLine? Parse(string line, long number)
    {
        var text = line.AsSpan().TrimStart();
        if (text.IsEmpty)
        {
            return null;
        }

        try
        {
            return IsCustomer(text) ? Customer(line, number) : new OfSignal(number, Signal.Parser.ParseJson(line));
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or JsonException or InvalidOperationException)
        {
            return new Refused(number, MalformedLine, "no signal and no customer in JSON");
        }
    }

    private static bool IsCustomer(ReadOnlySpan<char> text) =>
        text is ['{', .. var rest] && rest.TrimStart() is ['"', .. var key] && key.StartsWith(CustomerKey + "\"", StringComparison.Ordinal);

    private static ReplayLine Customer(string line, long number)
    {
        using var document = JsonDocument.Parse(line);
        var customer = document.RootElement.GetProperty(CustomerKey);
        var subject = Text("email") ?? Text("phone");
        if (subject is null)
        {
            return new Refused(number, MalformedLine, "a customer needs email or phone");
        }

        return new OfCustomer(
            number,
            subject,
            customer.TryGetProperty("preferences", out var preferences) ? Preferences.Parser.ParseJson(preferences.GetRawText()) : null,
            customer.TryGetProperty("grants", out var grants)
                ? [.. grants.EnumerateArray().Select(grant => CreateGrantRequest.Parser.ParseJson(grant.GetRawText()))]
                : [],
            customer.TryGetProperty("signals", out var signals)
                ? [.. signals.EnumerateArray().Select(signal => Signal.Parser.ParseJson(signal.GetRawText()))]
                : []);

        string? Text(string name) => customer.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
