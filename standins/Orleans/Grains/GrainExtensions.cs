using Orleans.Runtime;

namespace Orleans;

public static class GrainExtensions
{
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        null => throw new ArgumentNullException(nameof(grain)),
        GrainReference reference => reference.GrainId,
        IGrainBase activated => activated.GrainContext.GrainId,
        _ => throw new ArgumentException($"{grain.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
    };

    /// <summary>A reference to this grain, to hand to others.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain)
    {
        if (grain is TGrainInterface and GrainReference)
        {
            return (TGrainInterface)grain;
        }

        var runtime = grain is GrainReference reference ? reference.Runtime : ((Activation)((IGrainBase)grain).GrainContext).Silo;
        return (TGrainInterface)runtime.Refer(typeof(TGrainInterface), grain.GetGrainId());
    }
}
