using Orleans.Storage;

namespace CustomerContext.Storage.Payloads;

/// <summary>Grain state in the payload formats of this folder, whichever the store.</summary>
internal sealed class PayloadSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(PayloadCodecs.For<T>().Encode(input!));

    public T Deserialize<T>(BinaryData input) => PayloadCodecs.For<T>().Decode(input.ToMemory().Span);
}
