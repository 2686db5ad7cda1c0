using System.Collections.Immutable;

namespace CustomerContext.Silo.Config;

/// <summary>How a company looks to people.</summary>
/// <param name="DisplayName">Its name.</param>
/// <param name="Logo">Its logo; absent if it has none.</param>
/// <param name="Traits">Its own "x-" traits, ordinal by name; nobody else is shown them.</param>
internal sealed record CompanyFace(string DisplayName, Logo? Logo, ImmutableArray<OwnTrait> Traits);

/// <summary>A picture.</summary>
/// <param name="MediaType">"image/svg+xml" or "image/png".</param>
/// <param name="Content">The picture, at most <see cref="Domain.Limits.Catalogue.LogoBytes"/>.</param>
internal sealed record Logo(string MediaType, ReadOnlyMemory<byte> Content);

/// <summary>A trait of a company's own.</summary>
/// <param name="Name">"x-...".</param>
/// <param name="Text">What it is, in words.</param>
internal sealed record OwnTrait(string Name, string Text);
