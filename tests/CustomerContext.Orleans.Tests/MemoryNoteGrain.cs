using Orleans;
using Orleans.Runtime;

namespace CustomerContext.OrleansTestsTests;

internal interface IMemoryNoteGrain : IGrainWithStringKey
{
    Task<string> Text();

    Task WriteAndEnd(string text);
}

internal sealed class MemoryNoteGrain([PersistentState("note", "memory")] IPersistentState<Note> note) : Grain, IMemoryNoteGrain
{
    public Task<string> Text() => Task.FromResult(note.State.Text);

    public async Task WriteAndEnd(string text)
    {
        note.State = new Note(text);
        await note.WriteStateAsync();
        DeactivateOnIdle();
    }
}
