using System.Collections.Frozen;
using System.Net.Http.Headers;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.V1;
using Google.Protobuf.Reflection;

namespace CustomerContext.Silo.Api.Http.Events;

/// <summary>
/// A <see cref="CloudEvent"/> as a signal of the contract. <c>type</c> names the kind, <c>data</c> is that kind's message in its JSON form, <c>source</c> is TENANT/NAME and
/// <c>subject</c> says who.
/// </summary>
internal static class EventTranslator
{
    private const string Id = "id";
    private const string Source = "source";
    private const string Subject = "subject";
    private const string Time = "time";
    private const string Link = "link";
    private const string Data = "data";
    private const string Mail = "mailto:";
    private const string Phone = "tel:";
    private const string Customer = "customer:";

    private static readonly string[] _read = ["specversion", "type", Id, Source, Subject, Time, Link, "datacontenttype", "data_base64"];

    /// <summary>By the type of the event: <c>org.customercontext.KIND.v1</c>.</summary>
    private static readonly FrozenDictionary<string, FieldDescriptor> _kinds = Signal.Descriptor.Oneofs.Single(one => one.Name == "kind").Fields
        .ToFrozenDictionary(kind => $"org.customercontext.{kind.Name}.v1", StringComparer.Ordinal);

    /// <summary>By the field of a signal: the attribute that it came from.</summary>
    private static readonly FrozenDictionary<string, string> _attributes = new Dictionary<string, string>
    {
        ["occurred_time"] = Time,
        ["kind"] = "type",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>True if the attribute means something here; others are extensions that nobody reads.</summary>
    public static bool Reads(string attribute) => _read.Contains(attribute);

    /// <summary>The signal that <paramref name="caller"/> sends.</summary>
    public static Outcome<Signal> Read(CloudEvent one, Caller caller)
    {
        if (one.Broken is { } broken)
        {
            return broken;
        }

        if (one["specversion"] != "1.0")
        {
            return Refuse("specversion", "must be 1.0");
        }

        if (!_kinds.TryGetValue(one["type"], out var kind))
        {
            return Refuse("type", $"must be one of {string.Join(", ", _kinds.Keys.Order(StringComparer.Ordinal))}");
        }

        var source = SourceOf(one[Source], caller);
        var data = DataOf(one, kind);
        if (!source.IsOk || !data.IsOk)
        {
            return source.Refusal ?? data.Refusal!;
        }

        var signal = data.Value;
        signal.Id = one[Id];
        signal.Source = source.Value;
        signal.Link = one[Link];
        signal.Subject = SubjectOf(one[Subject]);
        signal.OccurredTime = ProtoJson.Time(one[Time]);
        return signal.OccurredTime is null ? Refuse(Time, "is required, as RFC 3339 has it") : signal;
    }

    /// <summary>What the sender calls <paramref name="field"/>, a field of <paramref name="kind"/> or of the signal around it.</summary>
    public static string NameOf(string field, string kind) =>
        kind.Length > 0 && (field == kind || field.StartsWith($"{kind}.", StringComparison.Ordinal)) ? $"{Data}{field[kind.Length..]}"
        : field.StartsWith($"{Subject}.", StringComparison.Ordinal) ? Subject
        : _attributes.GetValueOrDefault(field, field);

    private static Outcome<Signal> DataOf(CloudEvent one, FieldDescriptor kind)
    {
        if (one["data_base64"].Length > 0)
        {
            return Refuse("data_base64", "must be left out: data is JSON here");
        }

        if (one["datacontenttype"] is { Length: > 0 } type && !(MediaTypeHeaderValue.TryParse(type, out var parsed) && parsed.MediaType == "application/json"))
        {
            return Refuse("datacontenttype", "must be application/json");
        }

        if (one.Data is not { } json)
        {
            return Refuse(Data, "is required");
        }

        var message = ProtoJson.Read(json, kind.MessageType, Data);
        if (!message.IsOk)
        {
            return message.Refusal;
        }

        var signal = new Signal();
        kind.Accessor.SetValue(signal, message.Value);
        return signal;
    }

    /// <summary>The source's own name: of a company's systems what follows "TENANT/", of a customer nothing.</summary>
    private static Outcome<string> SourceOf(string source, Caller caller)
    {
        if (caller is TenantCaller { Tenant.Value: var tenant })
        {
            return source.StartsWith($"{tenant}/", StringComparison.Ordinal) && source.Length > tenant.Length + 1
                ? source[(tenant.Length + 1)..]
                : Refuse(Source, "must be the caller's tenant, '/', and one of its configured sources");
        }

        return source == SourceId.Customer.Value ? "" : Refuse(Source, $"must be '{SourceId.Customer.Value}' with a customer's own token");
    }

    private static SubjectIdentifier? SubjectOf(string subject) => subject switch
    {
        "" => null,
        _ when subject.StartsWith(Mail, StringComparison.Ordinal) => new SubjectIdentifier { Email = subject[Mail.Length..] },
        _ when subject.StartsWith(Phone, StringComparison.Ordinal) => new SubjectIdentifier { PhoneNumber = subject[Phone.Length..] },
        _ when subject.StartsWith(Customer, StringComparison.Ordinal) => new SubjectIdentifier { CustomerId = subject[Customer.Length..] },
        _ => new SubjectIdentifier { Opaque = subject },
    };

    private static Refusal Refuse(string field, string rule) => new(RefusalReason.InvalidArgument, field, rule);
}
