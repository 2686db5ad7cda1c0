using System.Text.Json;

namespace CustomerContext.Benchmarks.Output;

/// <summary>Figures for scripts.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions _options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Prints <paramref name="value"/>.</summary>
    public static void Print<T>(T value) => Console.WriteLine(JsonSerializer.Serialize(value, _options));
}
