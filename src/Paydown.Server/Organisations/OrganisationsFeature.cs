using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Organisations;

/// <summary>The lender itself, and what its managers decide about it.</summary>
public static class OrganisationsFeature
{
    private const string Tag = "Back office: organisation";

    public static void AddOrganisations(this IServiceCollection services)
    {
        services.AddSingleton<OrganisationDirectory>();
        services.AddSingleton<GetOrganisation>();
        services.AddSingleton<ChangeOrganisation>();
    }

    public static void MapOrganisations(this ApiRoutes routes, IServiceProvider services)
    {
        routes
            .Get("admin/organisation", services.GetRequiredService<GetOrganisation>().HandleAsync)
            .For(Access.Manager)
            .ClosedToApiTokens()
            .Described(Tag, "Show the settings of the organisation")
            .Answers(OrganisationExamples.View)
            .Refuses(Refusals.NotFound("organisation"));
        routes
            .Put("admin/organisation", services.GetRequiredService<ChangeOrganisation>().HandleAsync)
            .For(Access.Manager)
            .ClosedToApiTokens()
            .Described(Tag, "Change the settings of the organisation")
            .Reads(ChangeOrganisation.Fields)
            .Answers(OrganisationExamples.View)
            .Refuses(
                Refusals.NotFound("organisation"),
                Refusals.VersionConflict(2),
                Refusals.ValidationFailed(
                    new FieldError("fourEyesAbove", "must be more than 0; send null if one officer always suffices.")
                ),
                Refusals.SecondOfficerRequired()
            );
    }
}
