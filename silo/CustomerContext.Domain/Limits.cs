namespace CustomerContext.Domain;

/// <summary>
/// Every bound of the product, with its unit, in one place. Each is tested at the limit and one past it.
/// </summary>
public static class Limits
{
}
