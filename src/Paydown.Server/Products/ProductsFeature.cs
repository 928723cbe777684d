using Paydown.Lending.Outcomes;
using Paydown.Lending.Products;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Products;

/// <summary>What can be borrowed on which terms, and what managers do about it.</summary>
public static class ProductsFeature
{
    private const string Tag = "Products";
    private const string OfficersTag = "Back office: products";

    public static void AddProducts(this IServiceCollection services)
    {
        services.AddSingleton<ProductChanges>();
        services.AddSingleton<ProductApprovals>();
        services.AddSingleton<ListProducts>();
        services.AddSingleton<ListEligibilityQuestions>();
        services.AddSingleton<GetLoanTerms>();
        services.AddSingleton<ListLoanProducts>();
        services.AddSingleton<GetLoanProduct>();
        services.AddSingleton<CreateLoanProduct>();
        services.AddSingleton<ChangeLoanProduct>();
        services.AddSingleton<ListEligibilityQuestionsForOfficers>();
        services.AddSingleton<ChangeEligibilityQuestions>();
    }

    public static void MapProducts(this ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Get("user/list-products", services.GetRequiredService<ListProducts>().HandleAsync)
            .For(Access.AnyUser)
            .Scoped(Scopes.ProductsRead)
            .Described(Tag, "List the products that can be applied for")
            .Answers<IReadOnlyList<ProductOffer>>([ProductExamples.Offer]);
        routes
            .Get(
                "user/loan-eligibility-questions/{productId}",
                services.GetRequiredService<ListEligibilityQuestions>().HandleAsync
            )
            .For(Access.AnyUser)
            .Scoped(Scopes.ProductsRead)
            .Described(Tag, "List what who applies for a product is asked")
            .Answers(ProductExamples.Asked)
            .Refuses(Refusals.NotFound("loan product"));
        routes
            .Get("user/get-loan-terms/{organisationId}", services.GetRequiredService<GetLoanTerms>().HandleAsync)
            .For(Access.AnyUser)
            .Scoped(Scopes.ProductsRead)
            .Described(Tag, "Show on what terms the organisation lends")
            .Answers(ProductExamples.Terms)
            .Refuses(Refusals.NotFound("organisation"));
        MapAdministration(routes, services);
        MapQuestions(routes, services);
    }

    private static void MapAdministration(ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Get("admin/loan-products", services.GetRequiredService<ListLoanProducts>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.ProductsRead)
            .Described(OfficersTag, "List all products, open and closed, by name")
            .Takes(Paging.Fields)
            .Answers<IReadOnlyList<ProductView>>([ProductExamples.Listed], paged: true)
            .PagedBy(PageKeyPart.Text, PageKeyPart.Id);
        routes
            .Post("admin/loan-products", services.GetRequiredService<CreateLoanProduct>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.ProductsWrite)
            .Described(OfficersTag, "Make a product")
            .Reads(ProductFields.Definition)
            .Answers(ProductExamples.Listed)
            .Refuses(Refusals.ValidationFailed(new FieldError("maximumAmount", "must be at least minimumAmount.")));
        routes
            .Get("admin/loan-products/{productId}", services.GetRequiredService<GetLoanProduct>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.ProductsRead)
            .Described(OfficersTag, "Show a product with all its versions")
            .Answers(ProductExamples.WithVersions)
            .Refuses(Refusals.NotFound("loan product"));
        routes
            .Put("admin/loan-products/{productId}", services.GetRequiredService<ChangeLoanProduct>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.ProductsWrite)
            .Described(OfficersTag, "Change a product, which makes a new version; or open or close it")
            .Reads(ChangeLoanProduct.Fields)
            .Answers(ProductExamples.Listed)
            .Refuses(
                Refusals.NotFound("loan product"),
                Refusals.VersionConflict(2),
                Refusals.ValidationFailed(new FieldError("maximumAmount", "must be at least minimumAmount.")),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );
    }

    private static void MapQuestions(ApiRoutes routes, IServiceProvider services)
    {
        const string path = "admin/loan-products/{productId}/eligibility-questions";
        routes
            .Get(path, services.GetRequiredService<ListEligibilityQuestionsForOfficers>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.ProductsRead)
            .Described(OfficersTag, "Show the questions of a product and the answers that pass")
            .Answers(ProductExamples.Questions)
            .Refuses(Refusals.NotFound("loan product"));
        routes
            .Put(path, services.GetRequiredService<ChangeEligibilityQuestions>().HandleAsync)
            .For(Access.Manager)
            .Scoped(Scopes.ProductsWrite)
            .Described(OfficersTag, "Change the questions of a product, which makes a new version")
            .Reads(ChangeEligibilityQuestions.Fields)
            .Answers(ProductExamples.Questions)
            .Refuses(
                Refusals.NotFound("loan product"),
                Refusals.VersionConflict(2),
                Refusals.ValidationFailed(
                    new FieldError(
                        "eligibilityQuestions[0].options",
                        $"must have {ProductRules.OptionsMin} to {ProductRules.OptionsMax} answers to choose from."
                    )
                ),
                Refusals.PersonRequired(),
                Refusals.SecondOfficerRequired()
            );
    }
}
