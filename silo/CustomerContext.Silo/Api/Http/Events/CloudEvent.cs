using System.Text.Json;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Api.Http.Events;

/// <summary>A CloudEvent (specification 1.0) as it came, whichever way it was packed.</summary>
/// <param name="Attributes">Its attributes that are texts, by their names.</param>
/// <param name="Data">Its data; absent: there is none.</param>
/// <param name="Broken">What makes it no event; absent: it is one.</param>
internal sealed record CloudEvent(IReadOnlyDictionary<string, string> Attributes, JsonElement? Data, Refusal? Broken = null)
{
    /// <summary>An attribute; empty if it is not there.</summary>
    public string this[string name] => Attributes.GetValueOrDefault(name, "");
}
