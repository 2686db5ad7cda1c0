using System.Text;
using Orleans.Storage;

namespace CustomerContext.OrleansTestsTests;

internal sealed class NoteSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => BinaryData.FromBytes(Encoding.UTF8.GetBytes(((Note)(object)input!).Text));

    public T Deserialize<T>(BinaryData input) => (T)(object)new Note(Encoding.UTF8.GetString(input.ToArray()));
}
