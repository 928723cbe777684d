using Paydown.Lending.Identifiers;
using Paydown.Server.Organisations;

namespace Paydown.Server.Commands;

/// <summary>What <c>paydown setup</c> or <c>paydown organisation create</c> did.</summary>
internal sealed record LenderResult
{
    /// <summary>True if the lender was created; false if it existed and nothing was changed.</summary>
    public required bool IsNew { get; init; }

    public required OrganisationId OrganisationId { get; init; }

    public required string OrganisationName { get; init; }

    /// <summary>The first manager; null if the lender existed.</summary>
    public UserId? ManagerId { get; init; }

    /// <summary>The e-mail address that the manager signs in with; null if the lender existed.</summary>
    public string? ManagerEmail { get; init; }

    /// <summary>The number of products that were created.</summary>
    public int ProductCount { get; init; }

    /// <summary>What the operator should look at again.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public static LenderResult OfExisting(OrganisationSettings settings) =>
        new()
        {
            IsNew = false,
            OrganisationId = settings.Id,
            OrganisationName = settings.Name,
        };

    public string ToText() =>
        IsNew
            ? $"""
                {OrganisationName} is set up. Its id is {OrganisationId}.
                {ManagerEmail} can sign in as its manager. Products: {ProductCount}.
                Start the server with paydown serve; the README goes on from there (chapter "For real").
                """
            : $"There is a lender already: {OrganisationName} ({OrganisationId}). Nothing was changed.";
}
