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

    /// <summary>The link or code that sets the manager's password once; null if there is a password.</summary>
    public string? Invitation { get; init; }

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

    private string InvitationText =>
        Invitation is null ? "" : $"\nThe invitation sets the password once, within 7 days: {Invitation}";

    // A record would write the invitation.
    public override string ToString() => OrganisationName;

    public string ToText() =>
        IsNew
            ? $"""
                {OrganisationName} is set up. Its id is {OrganisationId}.
                {ManagerEmail} {(
                    Invitation is null ? "can sign in as" : "is invited to be"
                )} its manager. Products: {ProductCount}.{InvitationText}
                Start the server with paydown serve; the README goes on from there (chapter "For real").
                """
            : $"There is a lender already: {OrganisationName} ({OrganisationId}). Nothing was changed.";
}
