using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Products;

/// <summary>Lets a change of a product that weakens a control wait for a second manager.</summary>
public sealed class ProductApprovals(FourEyes fourEyes)
{
    /// <summary>Takes the caller's approval of a change, whose product must be locked.</summary>
    /// <param name="connection">With the transaction of the use case.</param>
    /// <param name="before">The product as it is.</param>
    /// <param name="wanted">As it shall be.</param>
    /// <param name="isOpen">Whether it shall be open.</param>
    /// <param name="call">The request.</param>
    /// <param name="context">Who, when.</param>
    /// <returns>What waits for a second manager, or nothing: the change takes effect.</returns>
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
            SubjectId = before.Product.Id,
            SubjectVersion = before.Product.Version,
            Currency = before.Product.Currency,
            AmountMinor = null,
            Terms = ProposedChange.Between(weakened, ProductView.Of(before), ProductView.Of(after), "version"),
        };
        return await fourEyes.ApproveAsync(connection, act, call, context);
    }

    /// <summary>The change of a product that waits for a second manager; null: none does.</summary>
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
            product.Product.Id,
            product.Product.Version,
            now,
            cancellation
        );
}
