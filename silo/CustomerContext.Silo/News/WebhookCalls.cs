using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Messages;

namespace CustomerContext.Silo.News;

/// <summary>
/// Calls the receivers of companies, as Standard Webhooks says. A receiver that is slow holds up nobody but the news for itself: so many calls to it are open at once, and others wait for their turn behind all
/// answers. News of work have a room of their own.
/// </summary>
internal sealed class WebhookCalls : IDisposable
{
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly HttpClient _http;
    private readonly ConditionalWeakTable<WebhookTarget, Receiver> _receivers = [];
    private readonly byte[] _idKey;
    private readonly CurrentAccess _access;
    private readonly WebhookMetrics _metrics;
    private readonly TimeProvider _time;

    public WebhookCalls(SiloConfig config, CurrentAccess access, DeploymentKey key, WebhookMetrics metrics, TimeProvider time)
    {
        (_access, _metrics, _time, _idKey) = (access, metrics, time, key.Derive("webhook ids"));

        // No proxy: it would look names up by itself. No trace: its id would be the same for all companies that hear of one change.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ActivityHeadersPropagator = null, ConnectCallback = new PublicAddress(config.Development).Connect })
        {
            Timeout = Limits.News.SendTimeout,
        };
    }

    /// <summary>All of the tenants file, with a receiver or without.</summary>
    public IEnumerable<TenantId> Companies => _access.Now.Tenants.Keys;

    /// <summary>The address at which <paramref name="tenant"/> is told of this type; absent if it does not want to be.</summary>
    public string? ReceiverOf(TenantId tenant, string type) => TargetOf(tenant, type)?.Address.ToString();

    /// <summary>Done when the receiver has taken it, or never will.</summary>
    /// <param name="tenant">Who is told.</param>
    /// <param name="type">Of what.</param>
    /// <param name="what">Tells these news of the company from all others; the id that the receiver sees is made of it, the same in each try.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="data">What is told; its names are part of what companies build on.</param>
    /// <param name="cancellation">Ends the wait, and a call that is under way.</param>
    /// <exception cref="NewsNotSentException">Not yet: try again.</exception>
    public Task Call(TenantId tenant, string type, string what, DateTimeOffset at, object data, CancellationToken cancellation) =>
        Call(receiver => receiver.Room, Limits.News.SendTimeout, tenant, type, what, at, data, cancellation);

    /// <summary>The same of news of work. The parts of a queue are so many that each waits for its turn as long as that takes.</summary>
    public Task CallOfWork(TenantId tenant, string type, string what, DateTimeOffset at, object data, CancellationToken cancellation) =>
        Call(receiver => receiver.RoomOfWork, Timeout.InfiniteTimeSpan, tenant, type, what, at, data, cancellation);

    /// <summary>Nobody tries any more.</summary>
    public void GiveUp(TenantId tenant, string type) => _metrics.Ended(tenant, type, NewsEnd.GivenUp);

    public void Dispose() => _http.Dispose();

    private async Task Call(
        Func<Receiver, SemaphoreSlim> roomOf, TimeSpan longest, TenantId tenant, string type, string what, DateTimeOffset at, object data, CancellationToken cancellation)
    {
        if (TargetOf(tenant, type) is not { } target)
        {
            _metrics.Ended(tenant, type, NewsEnd.Unwanted);
            return;
        }

        if (_access.Now.Tenants[tenant].IsDisabled)
        {
            throw new NewsNotSentException("The company is disabled.") { IsOfReceiver = true };
        }

        var receiver = Of(target);
        var room = roomOf(receiver);
        if (!await room.WaitAsync(longest, cancellation))
        {
            throw new NewsNotSentException("The receiver has all the calls open that it may have.") { IsOfReceiver = true };
        }

        try
        {
            if (TargetOf(tenant, type) != target)
            {
                throw new NewsNotSentException("The receiver is another one since, or no more.");
            }

            var body = JsonSerializer.Serialize(new Form(type, at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture), data), _json);
            using var request = StandardWebhook.Request(target.Address, target.Secrets, IdOf(what), body, _time.GetUtcNow());
            _metrics.Ended(tenant, type, await IsTaken(receiver, request, cancellation) ? NewsEnd.Sent : NewsEnd.Unwanted);
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>False if the receiver is no more.</summary>
    private async Task<bool> IsTaken(Receiver receiver, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            receiver.IsGone |= response.StatusCode == HttpStatusCode.Gone;
            return response.IsSuccessStatusCode || (receiver.IsGone ? false : throw new NewsNotSentException($"The receiver answered {(int)response.StatusCode}.") { IsOfReceiver = IsOverloaded(response.StatusCode) });
        }
        catch (Exception error) when (error is HttpRequestException or ObjectDisposedException || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new NewsNotSentException("The receiver did not answer.", error) { IsOfReceiver = true };
        }
    }

    private static bool IsOverloaded(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private WebhookTarget? TargetOf(TenantId tenant, string type) =>
        _access.Now.Tenants.GetValueOrDefault(tenant)?.Webhooks.FirstOrDefault(target => target.Types.Contains(type)) is { } target && !Of(target).IsGone ? target : null;

    private Receiver Of(WebhookTarget target) => _receivers.GetValue(target, _ => new Receiver());

    /// <summary>Under a key: what it is made of is not the company's to know.</summary>
    private string IdOf(string what) => $"msg_{Convert.ToHexStringLower(HMACSHA256.HashData(_idKey, Encoding.UTF8.GetBytes(what)).AsSpan(0, 16))}";

    /// <summary>The body. Type and names are part of what companies build on: docs/integrate.md.</summary>
    private sealed record Form(string Type, string Timestamp, object Data);

    /// <summary>How it stands with one receiver, until the tenants file gives another or this process ends.</summary>
    private sealed class Receiver
    {
        public SemaphoreSlim Room { get; } = new(Limits.News.AtOnce - Limits.News.OfWorkAtOnce);

        public SemaphoreSlim RoomOfWork { get; } = new(Limits.News.OfWorkAtOnce);

        /// <summary>It has said that it is no more (410).</summary>
        public volatile bool IsGone;
    }
}
