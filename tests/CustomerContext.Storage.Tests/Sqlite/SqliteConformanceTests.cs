using CustomerContext.Storage.Tests.Conformance;

namespace CustomerContext.Storage.Tests.Sqlite;

public sealed class SqliteLedgerTests : LedgerConformance
{
    protected override Task<IStoreUnderTest> OpenAsync(TimeSpan ledgerDeadline) => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest(ledgerDeadline));
}

public sealed class SqliteGrainStorageTests : GrainStorageConformance
{
    protected override Task<IStoreUnderTest> OpenAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}

public sealed class SqliteReminderTests : ReminderConformance
{
    protected override Task<IStoreUnderTest> OpenAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}

public sealed class SqliteRecordsTests : RecordsConformance
{
    protected override Task<IStoreUnderTest> OpenAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}
