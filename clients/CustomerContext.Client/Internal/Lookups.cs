using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Client.Internal;

/// <summary>What a tenant's look at a customer and a customer's look at themselves have in common.</summary>
internal static class Lookups
{
    public static Task<GetContextResponse> GetAsync(
        Caller caller, RawServices raw, SubjectIdentifier? subject, string purpose, LookupOptions? options, CancellationToken cancellation)
    {
        options ??= new LookupOptions();
        var request = new GetContextRequest
        {
            Subject = subject,
            Purpose = purpose,
            Facets = { options.Facets },
            InteractionId = options.InteractionId,
            Language = options.Language,
        };
        return caller.CallAsync(raw.Contexts.GetContextAsync, request, options.Deadline ?? caller.Options.ReadDeadline, cancellation);
    }

    public static Task<GetHistoryResponse> HistoryAsync(
        Caller caller, RawServices raw, SubjectIdentifier? subject, string purpose, LookupOptions? options, DateTimeOffset? from, DateTimeOffset? until, CancellationToken cancellation)
    {
        options ??= new LookupOptions();
        var request = new GetHistoryRequest
        {
            Subject = subject,
            Purpose = purpose,
            Facets = { options.Facets },
            InteractionId = options.InteractionId,
            FromTime = from?.ToTimestamp(),
            UntilTime = until?.ToTimestamp(),
        };
        return caller.CallAsync(raw.Contexts.GetHistoryAsync, request, options.Deadline ?? caller.Options.ReadDeadline, cancellation);
    }

    public static IAsyncEnumerable<WatchEvent> Watch(
        Caller caller, RawServices raw, SubjectIdentifier? subject, string purpose, LookupOptions? options, CancellationToken cancellation)
    {
        options ??= new LookupOptions();
        var request = new WatchContextRequest
        {
            Subject = subject,
            Purpose = purpose,
            Facets = { options.Facets },
            InteractionId = options.InteractionId,
            Language = options.Language,
        };
        return new ContextWatch(caller, raw, request).RunAsync(cancellation);
    }
}
