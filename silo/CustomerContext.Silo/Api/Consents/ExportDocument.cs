using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Export;
using CustomerContext.Grains.Customers;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>The export (docs/export.md): everything that is kept of the customer and of nobody else.</summary>
internal sealed class ExportDocument(ExportPieces pieces, DateTimeOffset now) : IAsyncDisposable
{
    private const string Format = "customercontext-export-5";

    private readonly Utf8JsonWriter _json = new(pieces.Writer, new JsonWriterOptions { Indented = true });

    /// <summary>Writes it all; for nobody (absent) a document that says that there is nothing.</summary>
    public async Task Write(ICustomerGrain? customer)
    {
        _json.WriteStartObject();
        _json.WriteString("format", Format);
        _json.WriteString("exported_time", now.UtcDateTime);
        if (customer is not null)
        {
            await WriteKept(customer);
        }

        _json.WriteEndObject();
        await _json.FlushAsync();
        await pieces.Send();
    }

    public ValueTask DisposeAsync() => _json.DisposeAsync();

    private async Task WriteKept(ICustomerGrain customer)
    {
        _json.WritePropertyName("consent");
        ExportJson.Write(_json, await customer.GetConsent());
        _json.WritePropertyName("context");
        ExportJson.Write(_json, await customer.GetContext());
        _json.WritePropertyName("around");
        ExportJson.Write(_json, await customer.GetTies());
        await WriteRefusedLooks(customer);
        await WriteDisclosures(customer);
    }

    private async Task WriteRefusedLooks(ICustomerGrain customer)
    {
        _json.WriteStartArray("refused_looks");
        foreach (var day in await customer.ListRefusedLooks())
        {
            _json.WriteStartObject();
            _json.WriteString("tenant", day.Tenant.Value);
            _json.WriteString("day", DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day.Day)).ToString("yyyy-MM-dd"));
            _json.WriteNumber("look_count", day.Looks);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    /// <summary>Newest first, page by page.</summary>
    private async Task WriteDisclosures(ICustomerGrain customer)
    {
        if (await customer.GetCheckpoint() is { } checkpoint)
        {
            _json.WriteStartObject("checkpoint");
            _json.WriteNumber("sequence", checkpoint.Head.Sequence);
            _json.WriteString("hash", checkpoint.Head.Hash.ToString());
            _json.WriteString("signature", checkpoint.Signature);
            _json.WriteEndObject();
        }

        _json.WriteStartArray("disclosures");
        var before = long.MaxValue;
        while (await customer.ListRecords(before, Limits.Requests.MaxPage) is { IsEmpty: false } entries)
        {
            foreach (var entry in entries)
            {
                Write(entry);
            }

            before = entries[^1].Sequence;
            await _json.FlushAsync();
            await pieces.Send();
        }

        _json.WriteEndArray();
    }

    private void Write(LedgerEntry entry)
    {
        _json.WriteStartObject();
        _json.WriteNumber("sequence", entry.Sequence);
        _json.WriteNumber("consent_epoch", entry.Epoch);
        _json.WriteString("salt", Convert.ToHexStringLower(entry.Salt.AsSpan()));
        _json.WriteString("commitment", entry.Commitment.ToString());
        _json.WriteString("hash", entry.Hash.ToString());
        _json.WriteBase64String("committed", entry.Payload.AsSpan());
        if (!entry.IsErased)
        {
            _json.WritePropertyName("record");
            _json.WriteRawValue(entry.Payload.AsSpan());
        }

        _json.WriteEndObject();
    }
}
