using Paydown.Lending.Identifiers;
using Paydown.Lending.Products;

namespace Paydown.Server.Products;

/// <summary>A version of a product, and whether the product is open for applications now.</summary>
/// <param name="OrganisationId">The organisation that offers it.</param>
/// <param name="Product">The definition of this version.</param>
/// <param name="IsOpen">True if customers can apply for it.</param>
/// <param name="RecordedBy">The user who made this version.</param>
/// <param name="RecordedAt">When this version was made.</param>
public sealed record StoredProduct(
    OrganisationId OrganisationId,
    LoanProduct Product,
    bool IsOpen,
    UserId RecordedBy,
    DateTimeOffset RecordedAt
);
