"""A finished simulation of every published rule of the ground, as the offices ask for them."""

from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.makings import Made
from tests.world import World
from x_pilot_api.core.actors import Actor, ActorKind
from x_pilot_api.credits import commands
from x_pilot_api.credits.schemas import SimulationIn
from x_pilot_api.identity.models import Role

_COHORT = SimulationIn(entry_year_from=2024, entry_year_to=2024)


async def run(session: AsyncSession, world: World, made: Made) -> None:
    """Let each office simulate each of its published rules; what is found belongs to the rule's programme and party."""
    for (school, college, organisation, state), mapping_id in made.mappings.items():
        if state != "published":
            continue
        institution_id = world.schools[school].id
        registrar = Actor(
            id=world.callers["registrar" if school == 0 else "registrar_2"].id,
            kind=ActorKind.PERSON,
            name="-",
            permissions=frozenset(),
            roles=frozenset({Role.REGISTRAR}),
            institution_id=institution_id,
        )
        simulation = await commands.simulate_mapping(session, registrar, mapping_id=mapping_id, wish=_COHORT)
        progress = await commands.run_slice(
            session, registrar, institution_id=institution_id, simulation_id=simulation.id
        )
        assert progress.is_finished
        made.simulations[school, college, organisation] = simulation.id
        made.owners[simulation.id] = f"s{school + 1}p{college}o{organisation + 1}"
