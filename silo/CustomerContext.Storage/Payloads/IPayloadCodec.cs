namespace CustomerContext.Storage.Payloads;

/// <summary>How values of one type are kept.</summary>
internal interface IPayloadCodec<T>
{
    /// <summary>The bytes of <paramref name="value"/>: <see cref="PayloadCodec{T, TMessage}"/> says how they are laid out.</summary>
    byte[] Encode(T value);

    /// <summary>The value of which these are the bytes.</summary>
    /// <exception cref="PayloadException">They are not.</exception>
    T Decode(ReadOnlySpan<byte> payload);
}
