using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Messages;

namespace CustomerContext.Silo.News;

/// <summary>
/// Calls the receivers of companies, as Standard Webhooks says. A receiver that is slow holds up nobody but the news for itself: so many calls to it are open at once, and others wait for their turn behind all
/// answers.
/// </summary>
internal sealed class NewsSender : INewsSender, IDisposable
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient _http;
    private readonly ConditionalWeakTable<WebhookTarget, Receiver> _receivers = [];
    private readonly byte[] _idKey;
    private readonly byte[] _delayKey;
    private readonly CurrentAccess _access;
    private readonly CustomerIds _ids;
    private readonly NewsMetrics _metrics;
    private readonly TimeProvider _time;

    public NewsSender(SiloConfig config, CurrentAccess access, CustomerIds ids, DeploymentKey key, NewsMetrics metrics, TimeProvider time)
    {
        (_access, _ids, _metrics, _time) = (access, ids, metrics, time);
        (_idKey, _delayKey) = (key.Derive("webhook ids"), key.Derive("webhook delays"));

        // No proxy: it would look names up by itself. No trace: its id would be the same for all companies that hear of one change.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ActivityHeadersPropagator = null, ConnectCallback = new PublicAddress(config.Development).Connect })
        {
            Timeout = Limits.News.SendTimeout,
        };
    }

    public bool Wants(TenantId tenant) => _access.Now.Tenants.GetValueOrDefault(tenant)?.Webhook is { } target && !Of(target).IsGone;

    public async Task Send(CustomerKey customer, GrantNews news, CancellationToken cancellation)
    {
        var tenant = _access.Now.Tenants.GetValueOrDefault(news.Tenant);
        if (tenant?.Webhook is not { } target || Of(target).IsGone)
        {
            _metrics.Ended(news.Tenant, NewsEnd.Unwanted);
            return;
        }

        if (tenant.IsDisabled)
        {
            throw new NewsNotSentException("The company is disabled.");
        }

        var id = _ids.For(news.Tenant, customer);
        var at = news.At + DelayOf(id, news);
        var early = at - _time.GetUtcNow();
        if (early > TimeSpan.Zero)
        {
            // Never longer, wherever the clock of the silo went that made the news.
            await Task.Delay(early < Limits.News.Spread ? early : Limits.News.Spread, _time, cancellation);
        }

        var receiver = Of(target);
        if (!await receiver.Room.WaitAsync(Limits.News.SendTimeout, cancellation))
        {
            throw new NewsNotSentException("The receiver has all the calls open that it may have.");
        }

        try
        {
            await Call(target, receiver, id, at, news, cancellation);
        }
        finally
        {
            receiver.Room.Release();
        }
    }

    public void GiveUp(GrantNews news) => _metrics.Ended(news.Tenant, NewsEnd.GivenUp);

    public void Dispose() => _http.Dispose();

    private async Task Call(WebhookTarget target, Receiver receiver, string customer, DateTimeOffset at, GrantNews news, CancellationToken cancellation)
    {
        var body = JsonSerializer.Serialize(new Form(TypeOf(news.Kind), at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), new Content(customer, news.Grant.Value, news.Version)), _json);
        using var request = StandardWebhook.Request(target.Address, target.Secrets, IdOf(customer, news), body, _time.GetUtcNow());
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.StatusCode == HttpStatusCode.Gone)
            {
                receiver.IsGone = true;
                _metrics.Ended(news.Tenant, NewsEnd.Unwanted);
                return;
            }

            if (!response.IsSuccessStatusCode)
            {
                throw new NewsNotSentException($"The receiver answered {(int)response.StatusCode}.");
            }

            _metrics.Ended(news.Tenant, NewsEnd.Sent);
        }
        catch (Exception error) when (error is HttpRequestException or ObjectDisposedException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new NewsNotSentException("The receiver did not answer.", error);
        }
    }

    private Receiver Of(WebhookTarget target) => _receivers.GetValue(target, _ => new Receiver());

    private static string TypeOf(NewsKind kind) => kind switch
    {
        NewsKind.Given => "consent.given",
        NewsKind.Narrowed => "consent.narrowed",
        _ => "consent.ended",
    };

    /// <summary>By how much these news are late: another time for each company and change, which nobody can foretell who has not the key, and the same in each try.</summary>
    private TimeSpan DelayOf(string customer, GrantNews news)
    {
        var chance = HMACSHA256.HashData(_delayKey, Encoding.UTF8.GetBytes($"{customer}/{news.Epoch}"));
        return Limits.News.Spread * (BinaryPrimitives.ReadUInt32BigEndian(chance) / (double)uint.MaxValue);
    }

    /// <summary>The same in each try, and of these news alone: after a restore the same epoch may come again. Under a key, since the epoch counts what the customer said to others too.</summary>
    private string IdOf(string customer, GrantNews news) =>
        $"msg_{Convert.ToHexStringLower(HMACSHA256.HashData(_idKey, Encoding.UTF8.GetBytes($"{customer}/{news.Epoch}/{news.Grant.Value}/{(int)news.Kind}/{news.At.UtcTicks}")).AsSpan(0, 16))}";

    /// <summary>The body. Type and names are part of what companies build on: docs/integrate.md.</summary>
    private sealed record Form(string Type, string Timestamp, Content Data);

    /// <summary>What it is about.</summary>
    private sealed record Content(string CustomerId, string GrantId, int Version);

    /// <summary>How it stands with one receiver, until the tenants file gives another or this process ends.</summary>
    private sealed class Receiver
    {
        public SemaphoreSlim Room { get; } = new(Limits.News.AtOnce);

        /// <summary>It has said that it is no more (410).</summary>
        public volatile bool IsGone;
    }
}
