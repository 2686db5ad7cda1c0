using Orleans;
using Orleans.Runtime;

namespace CustomerContext.OrleansTestsTests;

[GenerateSerializer, Immutable, Alias("Note")]
internal sealed record Note([property: Id(0)] string Text)
{
    public Note() : this("")
    {
    }
}

internal interface INoteGrain : IGrainWithStringKey
{
    Task<string> Text();

    Task<bool> Exists();

    Task<string> ReadWhenActivated();

    Task Write(string text);

    Task Clear();

    Task Reread();

    Task<string?> ETag();
}

/// <summary>Keeps a text in the storage named "notes".</summary>
internal sealed class NoteGrain([PersistentState("note", "notes")] IPersistentState<Note> note) : Grain, INoteGrain
{
    private string _readWhenActivated = "not activated";

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _readWhenActivated = note.State.Text;
        return Task.CompletedTask;
    }

    public Task<string> Text() => Task.FromResult(note.State.Text);

    public Task<bool> Exists() => Task.FromResult(note.RecordExists);

    public Task<string> ReadWhenActivated() => Task.FromResult(_readWhenActivated);

    public Task Write(string text)
    {
        note.State = new Note(text);
        return note.WriteStateAsync();
    }

    public Task Clear() => note.ClearStateAsync();

    public Task Reread() => note.ReadStateAsync();

    public Task<string?> ETag() => Task.FromResult(note.Etag);
}
