using System.Collections;
using System.Reflection;
using Orleans;

namespace CustomerContext.Storage.Tests.Payloads;

/// <summary>Finds what an example leaves out.</summary>
internal static class Unset
{
    /// <summary>The serialized properties of all types within <paramref name="example"/> that are default (or empty) wherever they occur.</summary>
    public static IEnumerable<string> PropertiesIn(object example)
    {
        var isSet = new Dictionary<PropertyInfo, bool>();
        Walk(example, isSet);
        return isSet.Where(property => !property.Value).Select(property => $"{property.Key.DeclaringType!.Name}.{property.Key.Name}");
    }

    private static void Walk(object value, Dictionary<PropertyInfo, bool> isSet)
    {
        if (value is IEnumerable items and not string)
        {
            foreach (var item in items)
            {
                Walk(item, isSet);
            }

            return;
        }

        foreach (var property in value.GetType().GetProperties().Where(property => property.IsDefined(typeof(IdAttribute))))
        {
            var held = property.GetValue(value);
            var isEmpty = held is null || held.Equals(held.GetType().IsValueType ? Activator.CreateInstance(held.GetType()) : null)
                || (held is IEnumerable list and not string && !list.GetEnumerator().MoveNext());
            isSet[property] = isSet.GetValueOrDefault(property) || !isEmpty;
            if (!isEmpty)
            {
                Walk(held!, isSet);
            }
        }
    }
}
