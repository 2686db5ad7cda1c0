using CustomerContext.Storage.Tests.Conformance;

namespace CustomerContext.Storage.Tests.Redis;

public sealed class RedisLedgerTests : LedgerConformance
{
    protected override Task<IStoreUnderTest> OpenAsync(TimeSpan ledgerDeadline) => RedisUnderTest.OpenAsync(ledgerDeadline);
}

public sealed class RedisGrainStorageTests : GrainStorageConformance
{
    protected override Task<IStoreUnderTest> OpenAsync() => RedisUnderTest.OpenAsync();
}

public sealed class RedisReminderTests : ReminderConformance
{
    protected override Task<IStoreUnderTest> OpenAsync() => RedisUnderTest.OpenAsync();
}

public sealed class RedisRecordsTests : RecordsConformance
{
    protected override Task<IStoreUnderTest> OpenAsync() => RedisUnderTest.OpenAsync();
}
