using CustomerContext.V1;
using Google.Protobuf.Reflection;

namespace CustomerContext.Client.Internal;

/// <summary>Puts frames together.</summary>
internal static class ContextMerge
{
    /// <summary>A new context: <paramref name="before"/> with the facets of the frame replaced, and without those that are withheld now.</summary>
    public static Context Apply(Context before, ContextFrame frame)
    {
        var merged = before.Clone();
        foreach (var facet in Context.Descriptor.Fields.InFieldNumberOrder())
        {
            if (frame.Context is not null && facet.Accessor.HasValue(frame.Context))
            {
                facet.Accessor.SetValue(merged, facet.Accessor.GetValue(frame.Context));
            }
        }

        foreach (var withheld in frame.Withheld)
        {
            FieldOf(withheld.Facet)?.Accessor.Clear(merged);
        }

        return merged;
    }

    /// <summary>A facet's field has the facet's number. Absent: a facet that this version does not know.</summary>
    private static FieldDescriptor? FieldOf(Facet facet) => Context.Descriptor.FindFieldByNumber((int)facet);
}
