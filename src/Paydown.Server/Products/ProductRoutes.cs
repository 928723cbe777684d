using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Products;

/// <summary>Loan products and their terms, for customers and managers.</summary>
public static class ProductRoutes
{
    internal static readonly PathId<ProductId> ProductId = new("productId");
    internal static readonly PathId<OrganisationId> OrganisationId = new("organisationId");

    public static void AddProducts(this IServiceCollection services)
    {
        services.AddSingleton<ProductChanges>();
        services.AddSingleton<ProductApprovals>();
    }

    public static void MapProducts(this ApiRoutes routes)
    {
        var customers = routes.Begin("Products");
        customers.Get<ListProducts>("user/list-products", AnyUser, ProductsRead);
        customers.Get<ListEligibilityQuestions>($"user/loan-eligibility-questions/{ProductId}", AnyUser, ProductsRead);
        customers.Get<GetLoanTerms>($"user/get-loan-terms/{OrganisationId}", AnyUser, ProductsRead);

        var officers = routes.Begin("Back office: products");
        officers.Get<ListLoanProducts>("admin/loan-products", Manager, ProductsRead);
        officers.Post<CreateLoanProduct>("admin/loan-products", Manager, ProductsWrite);
        officers.Post<PreviewLoanProduct>("admin/loan-product-previews", Manager, ProductsWrite);
        officers.Get<GetLoanProduct>($"admin/loan-products/{ProductId}", Manager, ProductsRead);
        officers.Put<ChangeLoanProduct>($"admin/loan-products/{ProductId}", Manager, ProductsWrite);
        officers.Get<ListEligibilityQuestionsForOfficers>(
            $"admin/loan-products/{ProductId}/eligibility-questions",
            Manager,
            ProductsRead
        );
        officers.Put<ChangeEligibilityQuestions>(
            $"admin/loan-products/{ProductId}/eligibility-questions",
            Manager,
            ProductsWrite
        );
    }
}
