using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>Holds back a product change that weakens a control until a second manager approves it.</summary>
public sealed class ProductApprovals(FourEyes fourEyes)
{
    /// <summary>Takes the caller's approval of a change. The product must be locked.</summary>
    /// <param name="connection">A connection with the use case's transaction.</param>
    /// <param name="before">The current product.</param>
    /// <param name="wanted">The product after the change.</param>
    /// <param name="isOpen">Whether the product is open after the change.</param>
    /// <param name="call">The request.</param>
    /// <param name="context">Who approves, and when.</param>
    /// <returns>The change that awaits a second manager, or nothing if the change takes effect.</returns>
    public async ValueTask<Result<TakenApproval>> ApproveAsync(
        NpgsqlConnection connection,
        StoredProduct before,
        LoanProduct wanted,
        bool isOpen,
        Call call,
        ActionContext context
    )
    {
        var weakened = ProductControls.WeakenedBy(before.Product, wanted);
        if (weakened.Count == 0)
            return new TakenApproval(null);
        var after = before with { Product = wanted, IsOpen = isOpen };
        var act = new Act
        {
            Kind = ActKind.ChangeLoanProduct,
            OrganisationId = before.OrganisationId,
            SubjectId = before.Product.Id.AsSubject,
            SubjectVersion = before.Product.Version,
            Currency = before.Product.Currency,
            Amount = null,
            Terms = ProposedChange.Between(weakened, ProductView.Of(before), ProductView.Of(after), "version"),
        };
        return await fourEyes.ApproveAsync(connection, act, call, context);
    }

    /// <summary>Returns the change of a product that awaits a second manager; null if there is none.</summary>
    public static Task<AwaitedApproval?> FindAwaitedAsync(
        NpgsqlConnection connection,
        StoredProduct product,
        DateTimeOffset now,
        CancellationToken cancellation
    ) =>
        FirstApprovalStore.FindAwaitedAsync(
            connection,
            product.OrganisationId,
            ActKind.ChangeLoanProduct,
            product.Product.Id.AsSubject,
            product.Product.Version,
            now,
            cancellation
        );
}
