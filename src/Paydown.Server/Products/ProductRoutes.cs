using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;
using static Paydown.Server.Platform.Identity.Scopes;

namespace Paydown.Server.Products;

/// <summary>Loan products and their terms, for customers and managers.</summary>
public static class ProductRoutes
{
    public static void AddProducts(this IServiceCollection services)
    {
        services.AddSingleton<ProductChanges>();
        services.AddSingleton<ProductApprovals>();
    }

    public static void MapProducts(this ApiRoutes routes)
    {
        var customers = routes.Begin("Products");
        customers.Get<ListProducts>("user/list-products", AnyUser, ProductsRead);
        customers.Get<ListEligibilityQuestions>("user/loan-eligibility-questions/{productId}", AnyUser, ProductsRead);
        customers.Get<GetLoanTerms>("user/get-loan-terms/{organisationId}", AnyUser, ProductsRead);

        var officers = routes.Begin("Back office: products");
        officers.Get<ListLoanProducts>("admin/loan-products", Manager, ProductsRead);
        officers.Post<CreateLoanProduct>("admin/loan-products", Manager, ProductsWrite);
        officers.Get<GetLoanProduct>("admin/loan-products/{productId}", Manager, ProductsRead);
        officers.Put<ChangeLoanProduct>("admin/loan-products/{productId}", Manager, ProductsWrite);
        officers.Get<ListEligibilityQuestionsForOfficers>(
            "admin/loan-products/{productId}/eligibility-questions",
            Manager,
            ProductsRead
        );
        officers.Put<ChangeEligibilityQuestions>(
            "admin/loan-products/{productId}/eligibility-questions",
            Manager,
            ProductsWrite
        );
    }
}
