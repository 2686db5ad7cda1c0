using Orleans.Runtime;
using Orleans.Runtime.Hosting;
using Orleans.Storage;

namespace CustomerContext.OrleansTestsTests;

public sealed class StateTests
{
    private readonly NoteStorage _storage = new();

    [Fact]
    public async Task State_NoRecord_IsEmpty()
    {
        await using var silo = await Start();
        Assert.False(await silo.Grain<INoteGrain>().Exists());
        Assert.Equal("", await silo.Grain<INoteGrain>().Text());
        Assert.Null(await silo.Grain<INoteGrain>().ETag());
    }

    [Fact]
    public async Task State_Written_IsThereWhenTheNextSiloActivates()
    {
        await using (var silo = await Start())
        {
            await silo.Grain<INoteGrain>("a").Write("kept");
            Assert.True(await silo.Grain<INoteGrain>("a").Exists());
        }

        Assert.Equal(["note/a/note"], _storage.Keys);
        await using var next = await Start();
        Assert.Equal("kept", await next.Grain<INoteGrain>("a").ReadWhenActivated());
        await next.Grain<INoteGrain>("a").Write("again");
        Assert.Equal("again", await next.Grain<INoteGrain>("a").Text());
    }

    [Fact]
    public async Task State_Cleared_IsGone()
    {
        await using var silo = await Start();
        await silo.Grain<INoteGrain>().Write("something");
        await silo.Grain<INoteGrain>().Clear();
        Assert.False(await silo.Grain<INoteGrain>().Exists());
        Assert.Equal("", await silo.Grain<INoteGrain>().Text());
        Assert.Empty(_storage.Keys);
    }

    [Fact]
    public async Task Write_OverANewerRecord_FailsAndTheNextCallReadsAnew()
    {
        await using var silo = await Start();
        await silo.Grain<INoteGrain>().Write("mine");
        _storage.Overwrite(new Note("theirs"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => silo.Grain<INoteGrain>().Write("mine again"));
        Assert.Equal("theirs", await silo.Grain<INoteGrain>().ReadWhenActivated());
    }

    [Fact]
    public async Task Write_StorageThrowsItsOwnException_IsWrapped()
    {
        await using var silo = await Start();
        await silo.Grain<INoteGrain>().Text();
        _storage.NextFails = new TimeoutException("the disk");
        var error = await Assert.ThrowsAsync<OrleansException>(() => silo.Grain<INoteGrain>().Write("lost"));
        Assert.Equal("the disk", Assert.IsType<TimeoutException>(error.InnerException).Message);
        await silo.Grain<INoteGrain>().Write("kept");
        Assert.Equal("kept", await silo.Grain<INoteGrain>().Text());
    }

    [Fact]
    public async Task Activation_StateCannotBeRead_CallFailsAndTheNextTriesAnew()
    {
        await using var silo = await Start();
        _storage.NextFails = new TimeoutException("the disk");
        await Assert.ThrowsAsync<OrleansException>(() => silo.Grain<INoteGrain>().Text());
        Assert.Equal("", await silo.Grain<INoteGrain>().Text());
    }

    [Fact]
    public async Task Activation_StorageNotRegistered_CallFails()
    {
        await using var silo = await TestSilo.Start();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => silo.Grain<INoteGrain>().Text());
        Assert.IsType<BadProviderConfigException>(error.GetBaseException());
    }

    [Fact]
    public async Task MemoryStorage_Written_SurvivesTheActivation()
    {
        await using var silo = await TestSilo.Start();
        await silo.Grain<IMemoryNoteGrain>().WriteAndEnd("kept");
        Assert.Equal("kept", await silo.Grain<IMemoryNoteGrain>().Text());
    }

    private Task<TestSilo> Start() => TestSilo.Start(builder => builder.Services.AddGrainStorage("notes", (_, _) => _storage));
}
