using System.Collections.Concurrent;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Standins.Tests.Grpc;

public class ServiceInstanceTests
{
    [Fact]
    public async Task Service_Unregistered_IsNewForEachCallAndDisposed()
    {
        var seen = new Seen();
        await using var host = await ProbeHost.StartAsync(
            configure: builder => builder.Services.AddSingleton(seen), map: app => app.MapGrpcService<Noting>());
        var client = new Spare.SpareClient(host.Channel);

        await client.AskAsync(new Question());
        await client.AskAsync(new Question());

        Assert.Equal(2, seen.Distinct().Count());
        Assert.All(seen, service => Assert.True(service.Disposed));
    }

    [Fact]
    public async Task Service_Singleton_IsOneForAllCalls()
    {
        var seen = new Seen();
        await using var host = await ProbeHost.StartAsync(
            configure: builder => builder.Services.AddSingleton(seen).AddSingleton<Noting>(), map: app => app.MapGrpcService<Noting>());
        var client = new Spare.SpareClient(host.Channel);

        await client.AskAsync(new Question());
        await client.AskAsync(new Question());

        Assert.Equal(2, seen.Count);
        Assert.False(Assert.Single(seen.Distinct()).Disposed);
    }

    internal sealed class Seen : ConcurrentQueue<Noting>;

    internal sealed class Noting(Seen seen) : Spare.SpareBase, IDisposable
    {
        public bool Disposed { get; private set; }

        public override Task<Answer> Ask(Question request, ServerCallContext context)
        {
            seen.Enqueue(this);
            return Task.FromResult(new Answer());
        }

        public void Dispose() => Disposed = true;
    }
}
