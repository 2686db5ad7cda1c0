using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Ledger;
using CustomerContext.Silo.Access;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Storage;

namespace CustomerContext.Benchmarks.Serving;

/// <inheritdoc cref="BaselineService"/>
internal sealed class BaselineApi(
    RedisBaseline redis,
    SqliteBaseline sqlite,
    CustomerIds ids,
    ILedger ledger,
    IGrainFactory grains,
    [FromKeyedServices(StoreNames.Store)] IGrainStorage storage) : BaselineService.BaselineServiceBase
{
    private static readonly TenantId _tenant = new(Town.Tokens.Tenant);

    private ByteString _answer = ByteString.Empty;
    private byte[] _record = [];

    public override async Task<PrepareResponse> Prepare(PrepareRequest request, ServerCallContext context)
    {
        _answer = request.Answer;
        await redis.Fill(request.CustomerIds, _answer.ToByteArray());
        sqlite.Fill(request.CustomerIds, _answer.ToByteArray());
        foreach (var customer in request.CustomerIds)
        {
            var own = new GrainState<CustomerState>();
            await storage.ReadStateAsync(StoreNames.Context, grains.GetGrain<ICustomerGrain>(KeyOf(customer).Value).GetGrainId(), own);
            await Rival(customer).Fill(own.State!);
        }

        var entry = (await ledger.ListAsync(KeyOf(request.CustomerIds[0]), long.MaxValue, 1))[0];
        _record = new byte[entry.Salt.Length + entry.Payload.Length + (2 * Digest.Size)];
        return new PrepareResponse { RecordBytes = _record.Length };
    }

    public override Task<Answer> Echo(GetContextRequest request, ServerCallContext context) => Task.FromResult(new Answer { Value = _answer });

    public override async Task<Answer> Get(GetContextRequest request, ServerCallContext context) =>
        AnswerOf(await redis.Get(request.Subject.CustomerId));

    public override async Task<Answer> GetAndAppend(GetContextRequest request, ServerCallContext context)
    {
        var value = await redis.Get(request.Subject.CustomerId);
        await redis.Append(request.Subject.CustomerId, _record);
        return AnswerOf(value);
    }

    public override async Task<Answer> SelectAndInsert(GetContextRequest request, ServerCallContext context) =>
        AnswerOf(await sqlite.SelectAndInsert(request.Subject.CustomerId, _record));

    public override async Task<Answer> WriteGrainState(GetContextRequest request, ServerCallContext context)
    {
        await Rival(request.Subject.CustomerId).Look();
        return new Answer { Value = _answer };
    }

    public override async Task<Empty> WriteStates(WriteStatesRequest request, ServerCallContext context)
    {
        // The customer's own state under a name of the benchmark's, so that the grain's record stays as it knows it.
        var grain = grains.GetGrain<ICustomerGrain>(KeyOf(request.CustomerId).Value).GetGrainId();
        var own = new GrainState<CustomerState>();
        var copy = new GrainState<CustomerState>();
        try
        {
            await storage.ReadStateAsync(StoreNames.Context, grain, own);
            await storage.ReadStateAsync("benchmark", grain, copy);
            copy.State = own.State;
            for (var signal = 0; signal < request.Signals; signal++)
            {
                await storage.WriteStateAsync("benchmark", grain, copy);
            }

            return new Empty();
        }
        catch (Exception error) when (error is not RpcException)
        {
            // Two calls met at one customer, or the store was late.
            throw new RpcException(new Status(StatusCode.Unavailable, error.Message));
        }
    }

    public override Task<AllocatedResponse> Allocated(Empty request, ServerCallContext context) =>
        Task.FromResult(new AllocatedResponse { Bytes = GC.GetTotalAllocatedBytes() });

    public override Task<MeasureResponse> Measure(Empty request, ServerCallContext context)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return Task.FromResult(new MeasureResponse { HeapBytes = GC.GetTotalMemory(forceFullCollection: false), WorkingSetBytes = Environment.WorkingSet });
    }

    private IRivalGrain Rival(string customerId) => grains.Get<IRivalGrain>(KeyOf(customerId).Value);

    private CustomerKey KeyOf(string customerId) => ids.Read(_tenant, customerId)!.Value;

    private static Answer AnswerOf(byte[] value) => new() { Value = UnsafeByteOperations.UnsafeWrap(value) };
}
