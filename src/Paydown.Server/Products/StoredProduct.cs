using Paydown.Lending.Products;

namespace Paydown.Server.Products;

/// <summary>A version of a product, and whether the product is open for applications now.</summary>
/// <param name="OrganisationId">Whose product.</param>
/// <param name="Product">What is offered.</param>
/// <param name="IsOpen">True where customers can apply for it.</param>
/// <param name="RecordedBy">The user who made this version.</param>
/// <param name="RecordedAt">When.</param>
public sealed record StoredProduct(
    Guid OrganisationId,
    LoanProduct Product,
    bool IsOpen,
    Guid RecordedBy,
    DateTimeOffset RecordedAt
);
