namespace CustomerContext.Benchmarks.Profile;

/// <summary>
/// Sorts samples into parts of the product. A sample belongs to the innermost frame that names a part, so what the class library does is counted where it was called from.
/// The kernel, the collector and the compiler of methods are parts of their own, whoever called them.
/// </summary>
internal static class Areas
{
    private const string Rest = "rest";

    private static readonly (string Mark, string Area)[] _innermost =
    [
        ("[kernel", "kernel: network, files, switches"),
        ("libclrjit", "compiler of methods"),
        ("libclrgc", "collector of garbage"),
        ("libcoreclr", "runtime, collector of garbage included"),
    ];

    private static readonly (string Mark, string Area)[] _named =
    [
        ("libe_sqlite3", "SQLite engine"),
        ("Microsoft.Data.Sqlite", "SQLite engine"),
        ("SQLitePCL", "SQLite engine"),
        ("StackExchange", "Redis client"),
        ("CustomerContext.Storage", "store: codecs, gate, appends"),
        ("CustomerContext.Domain.Briefs", "brief"),
        ("CustomerContext.Domain.Wording", "brief"),
        ("CustomerContext.Domain.Consents.Chain", "record: bytes, hash, chain"),
        ("CustomerContext.Domain.Consents.Disclosure", "record: bytes, hash, chain"),
        ("libcrypto", "record: bytes, hash, chain"),
        ("System.Security.Cryptography", "record: bytes, hash, chain"),
        ("CustomerContext.Domain.Consents", "decision"),
        ("CustomerContext.Domain", "views"),
        ("CustomerContext.Grains.Ledger", "ledger session"),
        ("CustomerContext.Grains", "grain"),
        ("OrleansCodeGen", "Orleans"),
        ("Google.Protobuf", "messages"),
        ("CustomerContext.V1", "messages"),
        ("CustomerContext.Silo.Api.Contexts.AnswerTranslator", "messages"),
        ("CustomerContext.Silo", "admission, API"),
        ("Orleans", "Orleans"),
        ("Grpc.", "Kestrel, HTTP/2, gRPC"),
        ("Microsoft.AspNetCore", "Kestrel, HTTP/2, gRPC"),
        ("System.Net.Sockets", "Kestrel, HTTP/2, gRPC"),
        ("System.IO.Pipelines", "Kestrel, HTTP/2, gRPC"),
        ("System.Threading.PortableThreadPool", "thread pool"),
        ("System.Threading.ThreadPoolWorkQueue", "thread pool"),
        ("System.Diagnostics.Metrics", "metrics"),
    ];

    /// <summary>The part that a sample belongs to.</summary>
    public static string Of(Sample sample)
    {
        if (sample.Frames is [var innermost, ..] && First(_innermost, innermost) is { } system)
        {
            return system;
        }

        return sample.Frames.Select(frame => First(_named, frame)).FirstOrDefault(area => area is not null)
            ?? (sample.Thread.StartsWith("SQLite", StringComparison.Ordinal) ? "SQLite engine" : Rest);
    }

    private static string? First((string Mark, string Area)[] marks, string frame) =>
        marks.Where(mark => frame.Contains(mark.Mark, StringComparison.Ordinal)).Select(mark => mark.Area).FirstOrDefault();
}
